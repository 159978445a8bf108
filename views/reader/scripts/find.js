// Finding: text the way people type it. Text in, offsets out; nothing here knows the page.
// A text is folded once and searched at every key press. Offsets count UTF-16 units, as `slice` does.

// What is folded in one piece and found whole: a syllable in parts, a flag, a sign with its accents, an emoji with what
// is joined to it.
const CLUSTER = /(?:[\u1100-\u115f][\u1160-\u11a7]|[가-힣])[\u11a8-\u11ff]?|\p{RI}\p{RI}|.(?:\p{M}|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*/gsu;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu; // soft hyphens, joiners, marks of direction
const ACCENTED = /([\p{Script=Latin}\p{Script=Cyrillic}])(\p{M}+)/gu;
const LETTERS = { "и\u0306": "й", "і\u0308": "ї" }; // letters of their own, unlike ё; with a stress mark they stay letters
// Before compatibility forms are taken apart: an accent that stands alone would leave a blank.
const APOSTROPHES = /[´`‘’‚‛‹›〈〉「」′ʹʼ]/g;
const QUOTES = /[“”„‟«»《》『』〝〞〟″ʺ]/g;
const DASHES = /[\p{Dash_Punctuation}−]/gu;
const BLANKS = /\s+/g;

// Hangul, by what one key writes. Beginnings and ends of syllables are letters of different kinds (Unicode 15, 18.6), so
// that 당 does not find 다음 while 가 finds 갑, and 갑 finds 값.
const PAIRS = {
  "ᅪ": "ᅩᅡ", "ᅫ": "ᅩᅢ", "ᅬ": "ᅩᅵ", "ᅯ": "ᅮᅥ", "ᅰ": "ᅮᅦ", "ᅱ": "ᅮᅵ", "ᅴ": "ᅳᅵ",
  "ᆪ": "ᆨᆺ", "ᆬ": "ᆫᆽ", "ᆭ": "ᆫᇂ", "ᆰ": "ᆯᆨ", "ᆱ": "ᆯᆷ", "ᆲ": "ᆯᆸ", "ᆳ": "ᆯᆺ", "ᆴ": "ᆯᇀ", "ᆵ": "ᆯᇁ", "ᆶ": "ᆯᇂ", "ᆹ": "ᆸᆺ",
};
const PAIRED = new RegExp(`[${Object.keys(PAIRS).join("")}]`, "g");
const ENDS = "ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ";
const BEGINNINGS = "ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄋᄌᄎᄏᄐᄑᄒ"; // of the same sounds, in the same order

// Most text repeats a few thousand signs; of these only single units are kept, so that there is an end to them.
const foldings = new Map();

function foldedCluster(cluster) {
  const known = foldings.get(cluster);
  if (known !== undefined) return known;
  const plain = cluster.replace(UNSEEN, "").replace(APOSTROPHES, "'").replace(QUOTES, '"')
    .normalize("NFKD").toUpperCase().toLowerCase() // by way of capitals: ß is ss, and ς is σ
    .replace(ACCENTED, (_, letter, marks) => LETTERS[letter + marks.match(/[\u0306\u0308]|$/)[0]] || letter)
    .replace(DASHES, "-").replace(BLANKS, " ").replace(PAIRED, (pair) => PAIRS[pair]);
  if (cluster.length === 1) foldings.set(cluster, plain);
  return plain;
}

// The text as it is compared, and for each of its units the place in the original; a last place stands for its end.
function folded(text) {
  const places = [];
  const parts = [];
  let place = 0;
  let blank = false; // runs of blanks are one
  for (const [cluster] of text.matchAll(CLUSTER)) {
    let plain = foldedCluster(cluster);
    if (blank && plain.startsWith(" ")) plain = plain.slice(1);
    if (plain) blank = plain.endsWith(" ");
    for (let unit = 0; unit < plain.length; unit += 1) places.push(place);
    parts.push(plain);
    place += cluster.length;
  }
  places.push(text.length);
  return { text: parts.join(""), places };
}

// The places of a folded query in a folded text: [start, stop) in the original, in reading order, without overlaps.
// A find begins where a sign or syllable begins, and holds its last one whole.
function findIn({ text, places }, query) {
  const found = [];
  if (!query.text.trim()) return found;
  for (let at = text.indexOf(query.text); at >= 0;) {
    let behind = at + 1;
    if (!at || places[at] !== places[at - 1]) {
      behind = at + query.text.length;
      while (places[behind] === places[behind - 1]) behind += 1;
      found.push([places[at], places[behind]]);
    }
    at = text.indexOf(query.text, behind);
  }
  return found;
}

// A folded query read as one that is still being typed, or null: on the way to 다음 there stands 당, and on the way to 갑시
// there stands 값. To be asked when the query itself finds nothing.
function unfinished(query) {
  const end = ENDS.indexOf(query.text.slice(-1));
  return query.text && end >= 0 ? { text: query.text.slice(0, -1) + BEGINNINGS[end], places: query.places } : null;
}
