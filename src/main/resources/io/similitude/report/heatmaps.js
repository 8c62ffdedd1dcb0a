(() => {
  if (data.heatmaps.length === 0) return;

  const MISSING = "#c5cbd0";
  const MAX_MATRIX = 8; // groups for which an upper triangle of thumbnails stays legible
  const overview = document.getElementById("overview");
  const profile = document.getElementById("profile");
  const large = document.getElementById("large");
  const thumbs = [];

  const title = map => map.rows + " \u00d7 " + map.columns;
  const rowLayers = map => data.layers[map.rowLayers];
  const columnLayers = map => data.layers[map.columnLayers];

  function colour(value) {
    const last = data.colours.length - 1;
    return data.colours[Math.round(Math.min(1, Math.max(0, value)) * last)];
  }

  // ---- the overview: every heatmap small, as a triangle of pairs where that fits

  function drawOverview() {
    const measures = [...new Set(data.heatmaps.map(map => map.measure))];
    for (const measure of measures) {
      const maps = data.heatmaps.map((map, index) => ({map, index})).filter(entry => entry.map.measure === measure);
      const block = html("div", {class: "block"});
      if (measures.length > 1) block.append(html("h4", {}, measure));
      const groups = [...new Set(maps.flatMap(entry => [entry.map.rows, entry.map.columns]))];
      block.append(groups.length <= MAX_MATRIX ? matrix(groups, maps) : flow(maps));
      overview.append(block);
    }
  }

  function matrix(groups, maps) {
    const wide = groups.length;
    const grid = html("div", {class: "matrix", style: `grid-template-columns: minmax(48px, auto) repeat(${wide}, minmax(0, 120px))`});
    grid.append(html("span"));
    for (const group of groups) grid.append(html("span", {class: "head"}, ...lines(group)));
    for (const rows of groups) {
      grid.append(html("span", {class: "side"}, ...lines(rows)));
      for (const columns of groups) {
        const entry = maps.find(e => e.map.rows === rows && e.map.columns === columns);
        grid.append(entry ? thumb(entry, false) : html("span"));
      }
    }
    return grid;
  }

  function lines(group) {
    const cut = group.indexOf(" / ");
    return [group.slice(0, cut), html("br"), group.slice(cut + 3)];
  }

  const flow = maps => html("div", {class: "flow"}, ...maps.map(entry => thumb(entry, true)));

  function thumb({map, index}, named) {
    const button = html("button", {class: "thumb", type: "button", title: title(map), "aria-label": title(map)}, picture(map));
    if (named) button.append(title(map));
    button.addEventListener("click", () => select(index, true));
    thumbs[index] = button;
    return button;
  }

  function picture(map) {
    const canvas = html("canvas", {width: columnLayers(map).length, height: rowLayers(map).length});
    const context = canvas.getContext("2d");
    map.values.forEach((value, k) => {
      context.fillStyle = value === null ? MISSING : colour(value);
      context.fillRect(k % canvas.width, Math.floor(k / canvas.width), 1, 1);
    });
    return canvas;
  }

  // ---- the selected heatmap, large

  function select(index, remember) {
    thumbs.forEach((button, k) => button.setAttribute("aria-pressed", String(k === index)));
    if (remember) history.replaceState(null, "", "#" + (index + 1));
    draw(data.heatmaps[index]);
    drawProfile(data.heatmaps[index]);
  }

  function draw(map) {
    const readout = html("p", {class: "readout", "aria-live": "polite"});
    large.replaceChildren(
      html("h3", {}, title(map)),
      html("p", {class: "measure"}, map.measure),
      chart(map, readout),
      readout,
      key(map),
      html("p", {class: "actions"}, html("a", {href: map.image}, "This heatmap as PNG"), " \u00b7 ", html("a", {href: "similarities.csv"}, "All similarities as CSV")));
    readout.append(html("span", {class: "hint"}, "Point at a cell, or focus the heatmap and use the arrow keys."));
  }

  function chart(map, readout) {
    const rows = rowLayers(map), columns = columnLayers(map);
    const side = Math.max(3, Math.min(15, 640 / Math.max(rows.length, columns.length)));
    const left = 26 + textWidth(rows), top = 4;
    const right = left + columns.length * side, end = top + rows.length * side;
    const width = right + 62, height = Math.max(end + 30 + textWidth(columns), top + 108);
    const fits = textWidth([map.rows]) * 1.2 < end - top;
    const root = svg("svg", {viewBox: `0 0 ${width} ${height}`, style: `max-width: ${Math.round(width * 1.15)}px`, tabindex: "0", role: "img",
      "aria-label": `Heatmap of ${map.measure}, ${title(map)}, ${rows.length} by ${columns.length} layers`});
    const cells = svg("g", {class: "cells"});
    map.values.forEach((value, k) => drawCell(cells, value, left + (k % columns.length) * side, top + Math.floor(k / columns.length) * side, side));
    const cursor = svg("rect", {class: "cursor", width: side, height: side, visibility: "hidden"});
    const step = Math.ceil(9.5 / side);
    const rowTexts = rows.map((name, i) => i % step ? null : label(name, left - 5, top + (i + .5) * side + 3.3, "end"));
    const columnTexts = columns.map((name, j) => j % step ? null : label(name, left + (j + .5) * side + 3.3, end + 6, "end", -90));
    root.append(hatching(), cells, ...rowTexts.filter(Boolean), ...columnTexts.filter(Boolean),
      fits ? axis(map.rows, 11, (top + end) / 2, -90) : "", axis(map.columns, (left + right) / 2, height - 5, 0),
      bar(right + 18, top, Math.max(80, end - top)), cursor);
    follow({map, root, cells, cursor, readout, rows, columns, left, top, side, rowTexts, columnTexts});
    return root;
  }

  function drawCell(parent, value, x, y, side) {
    const place = {x, y, width: side, height: side};
    if (value === null) {
      parent.append(svg("rect", {...place, fill: "#fff"}), svg("rect", {...place, fill: "url(#hatch)"}));
      return;
    }
    parent.append(svg("rect", {...place, fill: colour(value)}));
    if (value < 0 || value > 1) {
      const middle = y + side / 2, centre = x + side / 2, half = side * .22;
      const across = `M${centre - half} ${middle}H${centre + half}`;
      const down = value > 1 ? `M${centre} ${middle - half}V${middle + half}` : "";
      parent.append(svg("path", {class: "mark", d: across + down, stroke: value < 0 ? "#fff" : "#22262b"}));
    }
  }

  function hatching() {
    const pattern = svg("pattern", {id: "hatch", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)"},
      svg("line", {x1: 0, y1: 0, x2: 0, y2: 4, stroke: "#8b959d", "stroke-width": 1.6}));
    return svg("defs", {}, pattern);
  }

  function axis(text, x, y, turn) {
    const element = label(text, x, y, "middle", turn);
    element.setAttribute("class", "axis");
    return element;
  }

  function bar(x, top, height) {
    const group = svg("g", {"shape-rendering": "crispEdges"});
    const step = height / data.colours.length;
    data.colours.forEach((fill, k) => group.append(svg("rect", {x, y: top + height - (k + 1) * step, width: 14, height: step + .5, fill})));
    for (const tick of [0, .2, .4, .6, .8, 1]) {
      const y = top + height * (1 - tick);
      group.append(svg("path", {d: `M${x + 14} ${y}h3`, stroke: "#22262b", "stroke-width": .75}), label(String(tick), x + 20, y + 3.3, "start"));
    }
    return group;
  }

  function key(map) {
    const reasons = new Map();
    map.values.forEach((value, k) => {
      if (value === null) reasons.set(status(map, k), (reasons.get(status(map, k)) || 0) + 1);
    });
    const missing = [...reasons].map(([why, cells]) => `${reason(why)} (${counted(cells)})`);
    const below = map.values.filter(value => value !== null && value < 0).length;
    const above = map.values.filter(value => value > 1).length;
    return html("ul", {class: "key"},
      ...(missing.length ? [entry(null, "no value: " + missing.join("; "))] : []),
      ...(below ? [entry(-1, `below 0, in the colour of 0 (${counted(below)})`)] : []),
      ...(above ? [entry(2, `above 1, in the colour of 1 (${counted(above)})`)] : []));
  }

  const counted = cells => cells + (cells === 1 ? " cell" : " cells");

  function entry(sample, text) {
    const swatch = svg("svg", {viewBox: "0 0 14 14", "aria-hidden": "true"});
    drawCell(swatch, sample, 1, 1, 12);
    swatch.append(svg("rect", {x: 1, y: 1, width: 12, height: 12, fill: "none", stroke: "#8b959d", "stroke-width": .75}));
    return html("li", {}, swatch, text);
  }

  // ---- the same layers of the selected heatmap as a curve: its diagonal, or its only row

  function drawProfile(map) {
    profile.replaceChildren();
    if (map.rows === map.columns || !map.sameLayers && map.rowLayers !== map.columnLayers) return;
    const names = columnLayers(map), size = names.length, stride = map.sameLayers ? 1 : size + 1;
    const points = names.map((name, k) => ({name, value: map.values[k * stride], error: map.errors[k * stride] || 0}));
    const x = k => 28 + (size === 1 ? 150 : k * 300 / (size - 1));
    const y = value => 8 + 140 * (1 - Math.min(1, Math.max(0, value)));
    const root = svg("svg", {viewBox: "0 0 336 172", role: "img", "aria-label": "Similarity of each layer with itself on the other side, from input to output"});
    for (const tick of [0, .2, .4, .6, .8, 1]) {
      root.append(svg("path", {d: `M28 ${y(tick)}H328`, class: "rule"}), label(String(tick), 22, y(tick) + 3.3, "end"));
    }
    for (const run of runs(points)) {
      const upper = run.map(k => `${x(k)} ${y(points[k].value + points[k].error)}`);
      const lower = run.map(k => `${x(k)} ${y(points[k].value - points[k].error)}`).reverse();
      root.append(svg("path", {class: "band", d: "M" + upper.concat(lower).join("L") + "Z"}),
        svg("path", {class: "curve", d: "M" + run.map(k => `${x(k)} ${y(points[k].value)}`).join("L")}));
    }
    points.forEach(({name, value}, k) => {
      if (value !== null) root.append(svg("circle", {class: "point", cx: x(k), cy: y(value), r: 2}, svg("title", {}, `${name}: ${number(value, 4)}`)));
    });
    root.append(label("input", 28, 166, "start"), label("output", 328, 166, "end"));
    profile.append(html("h4", {}, "The same layer on both sides"), html("p", {class: "measure"}, title(map) + (points.some(point => point.error > 0) ? "; shaded: one standard error" : "")), root);
  }

  // ---- what is under the mouse, or where the arrow keys went

  function follow(view) {
    const {root, rows, columns, left, top, side} = view;
    let at = null;
    const show = (i, j) => {
      light(view, at, false);
      at = [i, j];
      light(view, at, true);
      view.readout.replaceChildren(...sentence(view, i, j));
    };
    root.addEventListener("pointermove", event => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(root.getScreenCTM().inverse());
      const i = Math.floor((point.y - top) / side), j = Math.floor((point.x - left) / side);
      if (i < 0 || j < 0 || i >= rows.length || j >= columns.length) { tip.hidden = true; return; }
      if (!at || at[0] !== i || at[1] !== j) { show(i, j); fillTip(view, i, j); }
      tip.hidden = false;
      placeTip(event.clientX, event.clientY);
    });
    root.addEventListener("pointerleave", () => { tip.hidden = true; });
    root.addEventListener("keydown", event => {
      const move = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
      if (!move) return;
      event.preventDefault();
      const [i, j] = at || [0, -move[1]];
      show(clamp(i + (at ? move[0] : 0), rows.length), clamp(j + move[1], columns.length));
    });
  }

  function light(view, at, on) {
    if (!at) return;
    const [i, j] = at;
    for (const text of [view.rowTexts[i], view.columnTexts[j]]) if (text) text.classList.toggle("on", on);
    view.cursor.setAttribute("x", view.left + j * view.side);
    view.cursor.setAttribute("y", view.top + i * view.side);
    view.cursor.setAttribute("visibility", on ? "visible" : "hidden");
  }

  function sentence(view, i, j) {
    const {value, error, why} = describe(view.map, i * view.columns.length + j);
    const parts = [html("b", {}, value), " " + error + " between " + view.rows[i] + " of " + view.map.rows + " and " + view.columns[j] + " of " + view.map.columns];
    const chance = significance(view.map, i * view.columns.length + j);
    return [...parts, ...[chance, why].filter(Boolean).map(text => "; " + text)];
  }

  function fillTip(view, i, j) {
    const {value, error, why} = describe(view.map, i * view.columns.length + j);
    const who = (layer, group) => html("div", {}, layer, html("span", {class: "who"}, "  " + group));
    tip.replaceChildren(
      html("div", {}, html("span", {class: "value"}, value), html("span", {class: "error"}, error ? "  " + error + " standard error" : "")),
      html("div", {}, significance(view.map, i * view.columns.length + j)),
      who(view.rows[i], view.map.rows), who(view.columns[j], view.map.columns),
      html("div", {class: why ? "why" : "who"}, why || "status ok"));
  }

  drawOverview();
  // The first pair of two different sides says most; a heatmap named in the address comes first.
  const named = Number(location.hash.slice(1)) - 1;
  const telling = Math.max(0, data.heatmaps.findIndex(map => map.rows !== map.columns));
  select(data.heatmaps[named] ? named : telling, false);
})();
