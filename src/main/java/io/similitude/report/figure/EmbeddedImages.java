package io.similitude.report.figure;

import java.awt.Image;
import java.awt.image.RenderedImage;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.w3c.dom.Element;

/** Puts images into an SVG unchanged. Batik's own handler needs a PNG writer of its own. */
final class EmbeddedImages extends DefaultImageHandler {
  private static final String XLINK = "http://www.w3.org/1999/xlink";

  @Override
  protected void handleHREF(Image image, Element element, SVGGeneratorContext context) {
    handleHREF((RenderedImage) image, element, context);
  }

  @Override
  protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
    String uri = "data:image/png;base64," + CellImage.base64(image);
    element.setAttributeNS(XLINK, "xlink:href", uri);
  }
}
