(() => {
  const {checkpoints, panels, ticks, low, high} = data.matched;
  if (panels.length === 0) return;

  const WIDE = 1080, NARROW = 620, HEIGHT = 250; // of a chart alone and of one among several
  const LEFT = 30, TOP = 10, END = TOP + HEIGHT;
  const MAX_MARKERS = 15; // so many points and more have a marker on some only
  const several = panels.length > 1;
  const width = several ? NARROW : WIDE;
  const measures = new Set(panels.map(panel => panel.measure));
  const lines = []; // and bands of all charts, with the checkpoint that each shows

  const y = value => END - HEIGHT * clampTo((value - low) / (high - low));
  const clampTo = share => Math.max(0, Math.min(1, share));
  const x = (k, size) => LEFT + (width - LEFT - 10) * (size === 1 ? .5 : k / (size - 1));
  const layersOf = curve => data.layers[curve.layers];

  // ---- the legend: one entry a checkpoint, for all charts

  function drawLegend() {
    document.getElementById("checkpoints").append(...checkpoints.map((checkpoint, index) => {
      const sample = svg("svg", {viewBox: "0 0 44 12", "aria-hidden": "true"}, path(checkpoint, "M1 6H43"), marker(checkpoint, 22, 6));
      const button = html("button", {type: "button", "aria-pressed": "false"}, sample, checkpoint.id);
      if (checkpoint.tags) button.append(html("span", {class: "tags"}, checkpoint.tags));
      button.addEventListener("pointerenter", () => light(index));
      button.addEventListener("pointerleave", () => light(pinned()));
      button.addEventListener("click", () => pin(button, index));
      return html("li", {}, button);
    }));
  }

  const buttons = () => [...document.querySelectorAll("#checkpoints button")];
  const pinned = () => buttons().findIndex(button => button.getAttribute("aria-pressed") === "true");

  function pin(button, index) {
    const on = pinned() !== index;
    for (const other of buttons()) other.setAttribute("aria-pressed", String(on && other === button));
    light(on ? index : -1);
  }

  /** Fades all lines but those of one checkpoint; of none with -1. */
  function light(index) {
    for (const {group, checkpoint} of lines) {
      group.classList.toggle("faded", index >= 0 && checkpoint !== index);
      group.classList.toggle("lit", checkpoint === index);
    }
  }

  // ---- a chart

  function drawPanel(panel) {
    const names = shared(panel);
    const step = Math.ceil(10 / Math.max(1, x(1, names.length) - x(0, names.length)));
    const height = END + 12 + (names.length ? textWidth(names) : 12);
    const root = svg("svg", {viewBox: `0 0 ${width} ${height}`, tabindex: "0", role: "img",
      "aria-label": `${panel.measure} of each layer's ${panel.benign} and ${panel.perturbed} representation, ${panel.curves.length} checkpoints`});
    for (const tick of ticks) root.append(svg("path", {class: "rule", d: `M${LEFT} ${y(tick)}H${width - 10}`}), label(tick, LEFT - 6, y(tick) + 3.3, "end"));
    const texts = names.map((name, k) => k % step ? null : label(name, x(k, names.length) + 3.3, END + 7, "end", -90));
    if (names.length === 0) texts.push(label("input", LEFT, END + 14, "start"), label("output", width - 10, END + 14, "end"));
    root.append(...texts.filter(Boolean), ...panel.curves.map(curve => drawBand(curve, panel.curves.length)), ...panel.curves.map(drawCurve));
    const readout = html("p", {class: "readout", "aria-live": "polite"}, html("span", {class: "hint"}, "Point at a curve, or focus the chart and use the arrow keys."));
    follow(panel, root, readout);
    return html("figure", {class: several ? "panel" : "panel alone"},
      html("figcaption", {}, html("h3", {}, panel.benign + " against " + panel.perturbed), html("p", {class: "measure"}, subtitle(panel))),
      root, readout, html("p", {class: "actions"}, html("a", {href: panel.image}, "This chart as PNG")));
  }

  const subtitle = panel => panel.attack + (several && measures.size === 1 ? "" : "; " + panel.measure);

  /** The names of the layers where all checkpoints have the same. */
  const shared = panel => new Set(panel.curves.map(curve => curve.layers)).size === 1 ? layersOf(panel.curves[0]) : [];

  /** Fainter where many overlap. */
  function drawBand(curve, curves) {
    const group = layer(curve, {class: "bands", "fill-opacity": .2 * Math.min(1, 4 / curves), fill: checkpoints[curve.checkpoint].colour});
    for (const run of stretches(curve)) {
      group.append(svg("path", {d: "M" + [...run.map(k => at(curve, k, 1)), ...run.map(k => at(curve, k, -1)).reverse()].join("L") + "Z"}));
    }
    return group;
  }

  const stretches = curve => runs(curve.values.map(value => ({value})));
  const at = (curve, k, errors) => `${x(k, curve.values.length).toFixed(1)} ${y(curve.values[k] + errors * curve.errors[k]).toFixed(2)}`;

  function layer(curve, attributes) {
    const group = svg("g", attributes);
    lines.push({group, checkpoint: curve.checkpoint});
    return group;
  }

  function drawCurve(curve) {
    const checkpoint = checkpoints[curve.checkpoint];
    const group = layer(curve, {class: "line"});
    const size = curve.values.length;
    for (const run of stretches(curve)) group.append(path(checkpoint, "M" + run.map(k => at(curve, k, 0)).join("L")));
    const step = 1 + Math.floor(size / MAX_MARKERS);
    curve.values.forEach((value, k) => { if (value !== null && isMarked(curve.values, k, step)) group.append(marker(checkpoint, x(k, size), y(value))); });
    return group;
  }

  /** Every so many, and what stands alone and would not be seen otherwise. */
  function isMarked(values, k, step) {
    const has = i => values[i] !== null && values[i] !== undefined;
    return k % step === 0 || k === values.length - 1 || !has(k - 1) && !has(k + 1);
  }

  const path = ({colour, dash}, d) => svg("path", {class: "curve", d, stroke: colour, "stroke-dasharray": dash.join(" ")});
  const marker = (checkpoint, x, y) => svg("path", {class: "marker", d: checkpoint.marker, fill: checkpoint.colour, transform: `translate(${x} ${y}) scale(3.4)`});

  // ---- the point nearest to the mouse, or where the arrow keys went

  function follow(panel, root, readout) {
    const cursor = svg("circle", {class: "cursor", r: 6, visibility: "hidden"});
    root.append(cursor);
    let at = null;
    const show = (c, k) => {
      at = [c, k];
      const curve = panel.curves[c], value = curve.values[k];
      cursor.setAttribute("visibility", value === null ? "hidden" : "visible");
      if (value !== null) fill(cursor, {cx: x(k, curve.values.length), cy: y(value)}, []);
      readout.replaceChildren(...sentence(panel, curve, k));
      light(curve.checkpoint);
    };
    root.addEventListener("pointermove", event => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(root.getScreenCTM().inverse());
      const [c, k] = nearest(panel, point);
      if (!at || at[0] !== c || at[1] !== k) show(c, k);
      fillTip(panel, panel.curves[c], k);
      tip.hidden = false;
      placeTip(event.clientX, event.clientY);
    });
    root.addEventListener("pointerleave", () => { tip.hidden = true; at = null; cursor.setAttribute("visibility", "hidden"); light(pinned()); });
    root.addEventListener("blur", () => { cursor.setAttribute("visibility", "hidden"); light(pinned()); });
    root.addEventListener("keydown", event => {
      const move = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
      if (!move) return;
      event.preventDefault();
      const [c, k] = at || [0, -move[1]];
      const next = clamp(c + (at ? move[0] : 0), panel.curves.length);
      show(next, clamp(k + move[1], panel.curves[next].values.length));
    });
  }

  /** Along each curve the layer below the mouse; of the curves the one that is closest there. */
  function nearest(panel, point) {
    const candidates = panel.curves.map((curve, c) => {
      const size = curve.values.length;
      const k = clamp(Math.round((point.x - x(0, size)) / (size === 1 ? 1 : x(1, size) - x(0, size))), size);
      return {c, k, distance: curve.values[k] === null ? Infinity : Math.abs(y(curve.values[k]) - point.y)};
    });
    const best = candidates.reduce((a, b) => b.distance < a.distance ? b : a);
    return [best.c, best.k];
  }

  function sentence(panel, curve, k) {
    const {value, error, why} = describe(curve, k);
    const where = ` ${error} for ${layersOf(curve)[k]} of ${checkpoints[curve.checkpoint].id}, ${panel.benign} against ${panel.perturbed}`;
    return [html("b", {}, value), where + (why ? "; " + why : "")];
  }

  function fillTip(panel, curve, k) {
    const {value, error, why} = describe(curve, k);
    const checkpoint = checkpoints[curve.checkpoint];
    tip.replaceChildren(
      html("div", {}, html("span", {class: "value"}, value), html("span", {class: "error"}, error ? "  " + error + " standard error" : "")),
      html("div", {}, layersOf(curve)[k]),
      html("div", {}, html("span", {class: "swatch", style: `background: ${checkpoint.colour}`}), checkpoint.id, html("span", {class: "who"}, "  " + checkpoint.tags)),
      html("div", {class: why ? "why" : "who"}, why || `${panel.benign} against ${panel.perturbed}`));
  }

  drawLegend();
  document.getElementById("curves").append(...panels.map(drawPanel));
})();
