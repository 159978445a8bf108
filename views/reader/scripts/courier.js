// The courier: carries what the reader says to Python, and Python's answers back. It shows nothing.

const LINE = Symbol.for("relay line");
const LINK = "[data-testid=stTopNavLink]";
const HOLD = 10000; // ms that nothing is sent after another page was asked for, unless the reader comes back before

let mounted = null;
let heldUntil = 0;

// A message that reaches the server between the request for another page and that page's run leaves the browser with an
// empty page: Streamlit then runs a part of this page, which is not there any more, after the other one (1.67). What is
// pending is kept, and sent when the reader is opened next.
function hold() {
  heldUntil = Date.now() + HOLD;
}

// The link to the page that is shown already leads nowhere.
function follow({ target }) {
  const link = target.closest && target.closest(LINK);
  if (link && new URL(link.href).pathname !== location.pathname) hold();
}

function mount(parent) {
  if (!mounted) {
    document.addEventListener("click", follow, true);
    addEventListener("popstate", hold);
  }
  mounted = parent;
  heldUntil = 0;
}

export default function courier({ data, parentElement, setStateValue }) {
  if (parentElement !== mounted) mount(parentElement);
  const line = (globalThis[LINE] = globalThis[LINE] || {});
  line.isHeld = () => Date.now() <= heldUntil;
  line.send = (message) => !line.isHeld() && setStateValue("message", message);
  if (line.receive) line.receive(data.answer);
}
