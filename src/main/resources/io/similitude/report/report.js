"use strict";
// Says what is pointed at, chooses, and sorts. It draws nothing: all shapes come with the page.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const tip = document.getElementById("tip");
  const SVG = "http://www.w3.org/2000/svg";
  const MISSING = -32768;

  const all = (selector, root) => Array.prototype.slice.call((root || document).querySelectorAll(selector));
  const clamp = (k, size) => Math.max(0, Math.min(size - 1, k));
  const signed = text => text.replace("-", "\u2212");

  function html(tag, attributes, content) {
    const element = document.createElement(tag);
    Object.keys(attributes).forEach(name => element.setAttribute(name, attributes[name]));
    if (content) element.textContent = content;
    return element;
  }

  function svg(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(name => element.setAttribute(name, attributes[name]));
    return element;
  }

  function empty(element) {
    while (element.firstChild) element.removeChild(element.firstChild);
    return element;
  }

  // ---- packed numbers and texts

  function bytes(base64) {
    const text = atob(base64);
    const result = new Uint8Array(text.length);
    for (let k = 0; k < text.length; k++) result[k] = text.charCodeAt(k);
    return result;
  }

  /** The numbers of a chart: null where there is none. */
  function numbers(chart) {
    if (!chart.numbers) {
      const raw = bytes(chart.values);
      chart.numbers = [];
      for (let k = 0; k < raw.length; k += 2) {
        const whole = (raw[k] | raw[k + 1] << 8) << 16 >> 16;
        chart.numbers.push(whole === MISSING ? null : whole * chart.unit);
      }
    }
    return chart.numbers;
  }

  /** The k-th of some packed texts. */
  function textAt(texts, k) {
    if (!texts) return "";
    if (!texts.bytes) texts.bytes = bytes(texts.numbers);
    const number = texts.wide ? texts.bytes[2 * k] | texts.bytes[2 * k + 1] << 8 : texts.bytes[k];
    return number ? texts.table[number - 1] : "";
  }

  /** The k-th value of a chart in words. */
  function describe(chart, k) {
    const value = numbers(chart)[k], error = textAt(chart.errors, k), status = textAt(chart.statuses, k);
    const score = textAt(chart.scores, k), q = textAt(chart.qValues, k);
    return {
      value: value === null ? "no value" : signed(value.toFixed(4)),
      error: error ? "\u00b1 " + signed(error) : "",
      chance: [score && "z = " + signed(score), q && "q " + q].filter(Boolean).join(", "),
      why: status && status + ": " + data.reasons[status]
    };
  }

  function placeTip(event, lines) {
    empty(tip);
    lines.forEach(line => { if (line[1]) tip.appendChild(html("div", {class: line[0]}, line[1])); });
    tip.hidden = false;
    const x = event.clientX, y = event.clientY, box = tip.getBoundingClientRect();
    tip.style.left = Math.max(8, x + 18 + box.width > innerWidth ? x - box.width - 14 : x + 18) + "px";
    tip.style.top = Math.max(8, y + 18 + box.height > innerHeight ? y - box.height - 14 : y + 18) + "px";
  }

  function say(readout, value, rest) {
    empty(readout).appendChild(html("b", {}, value));
    readout.appendChild(document.createTextNode(rest));
  }

  /** Where a mouse is, in the lengths of the drawing. */
  function point(event, drawing) {
    const box = drawing.getBoundingClientRect(), size = drawing.getAttribute("viewBox").split(" ");
    return {x: (event.clientX - box.left) * size[2] / box.width, y: (event.clientY - box.top) * size[3] / box.height};
  }

  const MOVES = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};

  // ---- lines

  const lit = [];

  /** Fades all lines but those of one checkpoint; of none with null. */
  function light(checkpoint) {
    lit.forEach(part => {
      const isFaded = checkpoint !== null && part.checkpoint !== checkpoint;
      part.group.classList[isFaded ? "add" : "remove"]("faded");
    });
  }

  const legend = all("#legend button");

  function pinned() {
    const button = legend.filter(it => it.getAttribute("aria-pressed") === "true")[0];
    return button ? button.dataset.checkpoint : null;
  }

  legend.forEach(button => {
    const checkpoint = button.dataset.checkpoint;
    button.addEventListener("mouseenter", () => light(checkpoint));
    button.addEventListener("mouseleave", () => light(pinned()));
    button.addEventListener("click", () => {
      const on = pinned() !== checkpoint;
      legend.forEach(it => it.setAttribute("aria-pressed", String(on && it === button)));
      light(pinned());
    });
  });

  all(".panel[data-kind]").forEach(panel => {
    const chart = data[panel.dataset.kind][Number(panel.dataset.number)];
    const drawing = panel.querySelector("svg"), plot = panel.querySelector(".plot");
    const readout = panel.querySelector(".readout");
    all(".band, .line", drawing).forEach((group, k) => {
      lit.push({group: group, checkpoint: chart.lines[k % chart.lines.length].name});
    });
    const cursor = svg("circle", {class: "cursor", r: 6, visibility: "hidden"});
    drawing.appendChild(cursor);
    const left = chart.plot[0], top = chart.plot[1], width = chart.plot[2], height = chart.plot[3];
    const x = (line, k) => left + width * line.x[k];
    const y = value => top + height * (1 - Math.max(0, Math.min(1, (value - chart.low) / (chart.high - chart.low))));
    let at = null;

    function show(l, k) {
      at = [l, k];
      const line = chart.lines[l], value = numbers(line)[k], told = describe(line, k);
      cursor.setAttribute("visibility", value === null ? "hidden" : "visible");
      if (value !== null) {
        cursor.setAttribute("cx", x(line, k));
        cursor.setAttribute("cy", y(value));
      }
      say(readout, told.value, " " + told.error + " for " + data.layers[line.labels][k] + " of " + line.name + ", " + chart.where + (told.why ? "; " + told.why : ""));
      light(line.name);
    }

    /** Along each line the point below the mouse; of the lines the one that is closest there. */
    function nearest(mouse) {
      let best = null;
      chart.lines.forEach((line, l) => {
        let k = 0;
        line.x.forEach((place, i) => { if (Math.abs(x(line, i) - mouse.x) < Math.abs(x(line, k) - mouse.x)) k = i; });
        const value = numbers(line)[k];
        const distance = value === null ? Infinity : Math.abs(y(value) - mouse.y);
        if (!best || distance < best.distance) best = {l: l, k: k, distance: distance};
      });
      return best;
    }

    function leave() {
      tip.hidden = true;
      cursor.setAttribute("visibility", "hidden");
      light(pinned());
    }

    plot.addEventListener("mousemove", event => {
      const found = nearest(point(event, drawing));
      if (!at || at[0] !== found.l || at[1] !== found.k) show(found.l, found.k);
      const line = chart.lines[found.l], told = describe(line, found.k);
      placeTip(event, [["value", told.value + " " + told.error], ["", data.layers[line.labels][found.k]], ["who", line.name], ["who", (data.tags[line.name] || []).join(", ")], ["why", told.why]]);
    });
    plot.addEventListener("mouseleave", () => { at = null; leave(); });
    plot.addEventListener("blur", leave);
    plot.addEventListener("keydown", event => {
      const move = MOVES[event.key];
      if (!move) return;
      event.preventDefault();
      const from = at || [0, -move[1]];
      const l = clamp(from[0] + (at ? move[0] : 0), chart.lines.length);
      show(l, clamp(from[1] + move[1], chart.lines[l].x.length));
    });
  });

  // ---- of many charts of lines, one at a time

  const galleries = all(".gallery").map(gallery => ({panels: all(".panel", gallery), select: gallery.querySelector("select")}));

  function showPanel(gallery, chosen) {
    gallery.panels.forEach(panel => { panel.hidden = panel !== chosen; });
    gallery.select.value = String(gallery.panels.indexOf(chosen));
  }

  galleries.filter(gallery => gallery.panels.length > 2).forEach(gallery => {
    gallery.panels.forEach((panel, k) => gallery.select.appendChild(html("option", {value: String(k)}, panel.dataset.option)));
    gallery.select.addEventListener("change", () => showPanel(gallery, gallery.panels[Number(gallery.select.value)]));
    gallery.select.closest(".choose").hidden = false;
    showPanel(gallery, gallery.panels[0]);
  });

  // ---- heatmaps

  const large = document.getElementById("heatmap");
  let current = null;

  const side = pair => pair.join(" / ");
  const title = map => side(map.rows) + " \u00d7 " + side(map.columns);

  function drawHeatmap(map) {
    const frame = data.frames[map.frame];
    const rows = data.layers[map.rowLayers], columns = data.layers[map.columnLayers];
    const plot = empty(large.querySelector(".plot"));
    const template = all("template.frame")[map.frame];
    const drawing = document.importNode((template.content || template).querySelector("svg"), true);
    const left = frame[0], top = frame[1], cell = frame[2];
    const image = svg("image", {x: left, y: top, width: columns.length * cell, height: rows.length * cell, preserveAspectRatio: "none", class: "cells", href: "data:image/png;base64," + map.cells});
    drawing.appendChild(image);
    if (map.below) drawing.appendChild(svg("path", {d: map.below, class: "mark " + (map.isDarkLow ? "light" : "dark")}));
    if (map.above) drawing.appendChild(svg("path", {d: map.above, class: "mark " + (map.isDarkLow ? "dark" : "light")}));
    if (map.borders) ["border ground", "border"].forEach(name => drawing.appendChild(svg("path", {d: map.borders, class: name})));
    const cursor = svg("rect", {class: "cursor", width: cell, height: cell, visibility: "hidden"});
    drawing.appendChild(cursor);
    drawing.setAttribute("aria-label", "Heatmap of " + data.measures[map.measure] + ", " + title(map));
    drawing.style.maxWidth = Math.round(1.25 * drawing.getAttribute("viewBox").split(" ")[2]) + "px";
    plot.appendChild(drawing);
    current = {map: map, rows: rows, columns: columns, left: left, top: top, cell: cell, cursor: cursor, drawing: drawing, at: null};
    writeAround(map);
    drawProfile(map);
  }

  function writeAround(map) {
    large.querySelector("h3").textContent = title(map);
    large.querySelector(".measure").textContent = data.measures[map.measure];
    empty(large.querySelector(".readout")).appendChild(html("span", {class: "hint"}, "Point at a cell, or focus the heatmap and use the arrow keys."));
    const key = empty(large.querySelector(".key"));
    map.legend.forEach(line => {
      const item = html("li", {});
      item.appendChild(html("span", {class: "swatch " + line[0], "aria-hidden": "true"}));
      item.appendChild(document.createTextNode(line[1]));
      key.appendChild(item);
    });
    const actions = empty(large.querySelector(".actions"));
    ["svg", "pdf", "png"].forEach(kind => {
      actions.appendChild(html("a", {href: map.figure + "." + kind}, kind.toUpperCase()));
      actions.appendChild(document.createTextNode(" "));
    });
  }

  function drawProfile(map) {
    const profile = document.getElementById("profile");
    profile.hidden = !map.profileLine;
    if (!map.profileLine) return;
    const template = all("template.profile-frame")[map.profileFrame];
    const drawing = document.importNode((template.content || template).querySelector("svg"), true);
    drawing.appendChild(svg("path", {d: map.profileBand, class: "profile-band"}));
    drawing.appendChild(svg("path", {d: map.profileLine, class: "profile-line"}));
    drawing.setAttribute("aria-label", "Each layer with itself on the other side, " + title(map));
    empty(profile.querySelector(".plot")).appendChild(drawing);
  }

  function showCell(i, j) {
    const view = current, k = i * view.columns.length + j, told = describe(view.map, k);
    view.at = [i, j];
    view.cursor.setAttribute("x", view.left + j * view.cell);
    view.cursor.setAttribute("y", view.top + i * view.cell);
    view.cursor.setAttribute("visibility", "visible");
    const where = " between " + view.rows[i] + " of " + side(view.map.rows) + " and " + view.columns[j] + " of " + side(view.map.columns);
    say(large.querySelector(".readout"), told.value, " " + told.error + where + [told.chance, told.why].filter(Boolean).map(text => "; " + text).join(""));
    return told;
  }

  function pointAtCell(event) {
    const view = current, mouse = point(event, view.drawing);
    const i = Math.floor((mouse.y - view.top) / view.cell), j = Math.floor((mouse.x - view.left) / view.cell);
    if (!(i >= 0 && j >= 0 && i < view.rows.length && j < view.columns.length)) {
      tip.hidden = true;
      return;
    }
    const told = showCell(i, j);
    placeTip(event, [["value", told.value + " " + told.error], ["", told.chance], ["", view.rows[i]], ["who", side(view.map.rows)], ["", view.columns[j]], ["who", side(view.map.columns)], ["why", told.why]]);
  }

  function moveCell(event) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const at = current.at, from = at || [0, 0];
    showCell(clamp(from[0] + (at ? move[0] : 0), current.rows.length), clamp(from[1] + (at ? move[1] : 0), current.columns.length));
  }

  // ---- which heatmap

  const selects = {};
  ["measure", "tag", "rows", "columns"].forEach(name => { selects[name] = document.getElementById(name); });

  const distinct = list => list.filter((item, k) => list.indexOf(item) === k);

  function fill(select, values, words) {
    const before = select.value;
    empty(select);
    values.forEach((value, k) => select.appendChild(html("option", {value: value}, words ? words[k] : value)));
    select.value = values.indexOf(before) >= 0 ? before : values[0];
    const label = select.closest(".one-of-many");
    if (label) label.hidden = values.length < 2;
  }

  const ofMeasure = () => data.heatmaps.filter(map => String(map.measure) === selects.measure.value);

  function hasTag(pair) {
    const wanted = selects.tag.value;
    return wanted === "" || (data.tags[pair[0]] || []).indexOf(wanted) >= 0;
  }

  function sidesWith(wanted) {
    const sides = [];
    ofMeasure().forEach(map => {
      const a = side(map.rows), b = side(map.columns);
      if (hasTag(map.rows) && (wanted === null || wanted === b)) sides.push(a);
      if (hasTag(map.columns) && (wanted === null || wanted === a)) sides.push(b);
    });
    return distinct(sides);
  }

  function fillSides() {
    fill(selects.rows, sidesWith(null));
    fill(selects.columns, sidesWith(selects.rows.value));
  }

  /** A symmetric measure has each pair once: either side may be chosen first. */
  function chosen() {
    const rows = selects.rows.value, columns = selects.columns.value;
    const maps = ofMeasure();
    const exact = maps.filter(map => side(map.rows) === rows && side(map.columns) === columns);
    const turned = maps.filter(map => side(map.rows) === columns && side(map.columns) === rows);
    return exact[0] || turned[0];
  }

  function showChosen() {
    const map = chosen();
    if (map) drawHeatmap(map);
  }

  function choose(map) {
    selects.measure.value = String(map.measure);
    selects.tag.value = "";
    fillSides();
    selects.rows.value = side(map.rows);
    fill(selects.columns, sidesWith(selects.rows.value));
    selects.columns.value = side(map.columns);
    drawHeatmap(map);
  }

  function named() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    return data.heatmaps.filter(map => map.figure === anchor)[0];
  }

  function followAnchor() {
    const map = named();
    if (map) {
      choose(map);
      large.scrollIntoView();
    }
    galleries.forEach(gallery => {
      const panel = gallery.panels.filter(it => it.id === decodeURIComponent(location.hash.slice(1)))[0];
      if (panel) {
        if (gallery.panels.length > 2) showPanel(gallery, panel);
        panel.scrollIntoView();
      }
    });
  }

  if (data.heatmaps.length > 0) {
    fill(selects.measure, distinct(data.heatmaps.map(map => String(map.measure))), distinct(data.heatmaps.map(map => data.measures[map.measure])));
    let tags = [];
    Object.keys(data.tags).forEach(id => { tags = tags.concat(data.tags[id]); });
    tags = distinct(tags);
    fill(selects.tag, [""].concat(tags), ["all"].concat(tags));
    ["measure", "tag"].forEach(name => selects[name].addEventListener("change", () => { fillSides(); showChosen(); }));
    selects.rows.addEventListener("change", () => { fill(selects.columns, sidesWith(selects.rows.value)); showChosen(); });
    selects.columns.addEventListener("change", showChosen);
    const plot = large.querySelector(".plot");
    plot.addEventListener("mousemove", pointAtCell);
    plot.addEventListener("mouseleave", () => { tip.hidden = true; });
    plot.addEventListener("keydown", moveCell);
    document.getElementById("chooser").hidden = false;
    choose(named() || data.heatmaps[data.first]);
  }
  window.addEventListener("hashchange", followAnchor);

  // ---- tables

  /** What a cell sorts by: its number where all cells of the column are numbers. */
  function sortKey(cell) {
    const text = cell.textContent.trim();
    const number = parseFloat(text.replace(/,/g, ""));
    return {text: text, number: text === "\u2013" ? -Infinity : number};
  }

  function sort(table, column, descending) {
    const body = table.tBodies[0];
    const rows = all("tr", body).map(row => ({row: row, key: sortKey(row.cells[column])}));
    const areNumbers = rows.every(it => !isNaN(it.key.number));
    rows.sort((a, b) => (descending ? -1 : 1) * (areNumbers ? a.key.number - b.key.number || 0 : a.key.text.localeCompare(b.key.text)));
    rows.forEach(it => body.appendChild(it.row));
  }

  all("table.sortable").forEach(table => {
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const button = html("button", {type: "button"}, head.textContent);
      empty(head).appendChild(button);
      button.addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(it => it.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(table, column, descending);
      });
    });
  });
})();
