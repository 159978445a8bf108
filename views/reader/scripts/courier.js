// The courier: carries what the reader says to Python, and Python's answers back. It shows nothing.

const LINE = Symbol.for("relay line");

export default function courier({ data, setStateValue }) {
  const line = (globalThis[LINE] = globalThis[LINE] || {});
  line.send = (message) => setStateValue("message", message);
  if (line.receive) line.receive(data.answer);
}
