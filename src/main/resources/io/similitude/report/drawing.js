"use strict";
// What heatmaps and curves share.

const data = JSON.parse(document.getElementById("findings").textContent);
const tip = document.getElementById("tip");
const SVG = "http://www.w3.org/2000/svg";
const REASONS = {
  "constant-layer": "the layer gives every example the same features",
  "negative-hsic": "an HSIC under the square root is negative",
  "not-compared": "this pair was not compared",
  "more-features-than-examples": "more features than examples",
  "too-few-examples": "a batch has too few examples for the measure",
  "activations-not-kept": "only Gram matrices were kept; activations: full keeps more",
  "bandwidth-too-narrow": "no two examples of a batch are near enough for this bandwidth",
  "explained-by-given": "what is given leaves nothing of a representation",
};

const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const number = (value, decimals) => value.toFixed(decimals).replace("-", "\u2212");
const reason = status => REASONS[status] || status;
const status = (map, k) => map.statuses[k] || "ok";

/** The k-th similarity of a heatmap or curve, in words. */
function describe(map, k) {
  const value = map.values[k], error = map.errors[k], state = status(map, k);
  return {
    value: value === null ? "no value" : number(value, 4),
    error: error === null ? "" : "\u00b1 " + (error === 0 ? "0" : error < 1e-4 ? error.toExponential(0).replace("-", "\u2212") : error.toFixed(4)),
    why: state === "ok" ? "" : state === reason(state) ? state : state + ": " + reason(state),
  };
}

const small = value => value === 0 ? "0" : value < 1e-3 ? value.toExponential(1).replace("-", "\u2212") : value.toFixed(3);

/** What speaks for the k-th similarity of a heatmap against chance, in words. */
function significance(map, k) {
  const score = map.scores[k], q = map.qValues[k];
  return (score === null ? "" : "z = " + number(score, 1)) + (q === null ? "" : ", q = " + small(q));
}

function label(text, x, y, anchor, turn) {
  const transform = turn ? {transform: `rotate(${turn} ${x} ${y})`} : {};
  return svg("text", {x, y, "text-anchor": anchor, ...transform}, text);
}

let ruler;
function textWidth(names) {
  ruler = ruler || document.createElement("canvas").getContext("2d");
  ruler.font = "9.5px " + getComputedStyle(document.body).fontFamily;
  return Math.ceil(Math.max(0, ...names.map(name => ruler.measureText(name).width)));
}

/** Stretches of neighbours that have a value. */
function runs(points) {
  const found = [[]];
  points.forEach(({value}, k) => value === null ? found.push([]) : found.at(-1).push(k));
  return found.filter(run => run.length > 0);
}

const clamp = (k, size) => Math.max(0, Math.min(size - 1, k));

function placeTip(x, y) {
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, x + 18 + box.width > innerWidth ? x - box.width - 14 : x + 18) + "px";
  tip.style.top = Math.max(8, y + 18 + box.height > innerHeight ? y - box.height - 14 : y + 18) + "px";
}
