// Making elements. Words of a document reach the page as text nodes only, never as markup or as an address.

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(Boolean));
  return node;
}

// A button that does something, with the key that does the same.
function act(does, title, { key = "", label = "", ...more } = {}) {
  return el("button", { type: "button", "data-do": does, title: key ? `${title} (${key})` : title, "aria-label": label || null, ...more },
    more.text || title, key && el("kbd", null, key));
}

function ordinal(number) {
  const ending = { 1: "st", 2: "nd", 3: "rd" };
  return number + ((number % 100 > 10 && number % 100 < 14) ? "th" : ending[number % 10] || "th");
}

function percent(share) {
  const whole = Math.round(100 * share);
  // What is not certain is not shown as such.
  return whole === 100 && share < 1 ? "over 99 %" : `${whole} %`;
}

// A time in UTC as the reader's clock tells it; today's without the day.
function clock(time) {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return "";
  const hour = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return at.toDateString() === new Date().toDateString() ? hour
    : `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" })}, ${hour}`;
}
