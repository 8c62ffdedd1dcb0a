package io.similitude.report.figure;

import java.awt.Shape;
import java.io.StringWriter;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGPath;
import org.apache.batik.svggen.SimpleImageHandler;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A figure as SVG: one group for each layer. */
public final class SvgFigure {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  /**
   * The number of decimals. With three, an image of 255 pixels is placed to an eighth of a point.
   */
  private static final int DECIMALS = 3;

  private static final double USUAL_FONT_SIZE = 12;
  private static final int DECIMALS_OF_OUTLINES = 2;
  private static final String FONTS = Typeface.NAME + ", Arial, Helvetica, sans-serif";

  private final Figure figure;
  private final Document document = newDocument();
  private final SVGGeneratorContext context = context(document, DECIMALS);

  private SvgFigure(Figure figure) {
    this.figure = figure;
  }

  /** The figure as a separate file, in its size. */
  public static String file(Figure figure) {
    SvgFigure svg = new SvgFigure(figure);
    Element root = svg.root();
    root.setAttribute("width", number(figure.width()) + "pt");
    root.setAttribute("height", number(figure.height()) + "pt");
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text(svg.document) + "\n";
  }

  /** The figure as an element of the page. The page sets its size and its colours in dark mode. */
  public static String inline(Figure figure) {
    SvgFigure svg = new SvgFigure(figure);
    svg.root();
    return text(svg.document);
  }

  /** The outline of a shape, as the {@code d} of a path. */
  public static String outline(Shape shape) {
    return SVGPath.toSVGPathData(shape, context(newDocument(), DECIMALS_OF_OUTLINES));
  }

  private Element root() {
    Element root = document.getDocumentElement();
    root.setAttribute("viewBox", "0 0 " + number(figure.width()) + " " + number(figure.height()));
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", figure.description());
    for (Figure.Layer layer : figure.layers()) {
      SVGGraphics2D g = new SVGGraphics2D(context, false);
      layer.painter().accept(g);
      Element group = g.getTopLevelGroup(true);
      group.setAttribute("class", layer.name());
      root.appendChild(group);
    }
    mend(root.getElementsByTagNameNS(NAMESPACE, "*"));
    return root;
  }

  /**
   * Adds the fonts that may replace ours and the widths of its texts, and keeps the cells of images
   * sharp.
   */
  private static void mend(NodeList elements) {
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.getAttribute("font-family").contains(Typeface.NAME)) {
        element.setAttribute("font-family", FONTS);
      }
      if (element.getLocalName().equals("text")) {
        double width = TextPainter.width(element.getTextContent(), fontSize(element));
        element.setAttribute("textLength", number(width));
        element.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
      if (element.getLocalName().equals("image")) {
        element.setAttribute("image-rendering", "pixelated");
      }
    }
  }

  /** The font size of a text. Its group gives it. Batik leaves it out if it is the default. */
  private static double fontSize(Element text) {
    Node node = text;
    while (node instanceof Element element) {
      String size = element.getAttribute("font-size");
      if (!size.isEmpty()) {
        return Double.parseDouble(size.replaceAll("[a-z]+$", ""));
      }
      node = node.getParentNode();
    }
    return USUAL_FONT_SIZE;
  }

  private static SVGGeneratorContext context(Document document, int decimals) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setPrecision(decimals);
    context.setGenericImageHandler(new SimpleImageHandler(new EmbeddedImages()));
    return context;
  }

  private static Document newDocument() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      return factory
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's own parser can be had", e);
    }
  }

  private static String text(Document document) {
    try {
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("A tree of ours can be written", e);
    }
  }

  private static String number(double length) {
    return String.format(Locale.ROOT, "%.2f", length);
  }
}
