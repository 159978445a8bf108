// Keeping what is not on the server yet: written through to disk, so that it outlives a browser that is killed.
// `localStorage` would be simpler, but is written seconds later.

const KEEP_NAME = "relay";

let keeping = null;
function keeper() {
  keeping = keeping || new Promise((done, failed) => {
    const opening = indexedDB.open(KEEP_NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  return keeping;
}

// Keeps a value under a key, or forgets it when it is null; done once it is on disk. Where the browser keeps nothing
// (some private windows) everything still works, until it is closed.
async function keep(key, value) {
  try {
    const change = (await keeper()).transaction("kept", "readwrite", { durability: "strict" });
    const place = change.objectStore("kept");
    if (value === null) place.delete(key);
    else place.put(value, key);
    await new Promise((done, failed) => { change.oncomplete = done; change.onerror = () => failed(change.error); });
    return true;
  } catch {
    return false;
  }
}

// Everything that is kept under keys that begin like this.
async function kept(beginning) {
  try {
    const place = (await keeper()).transaction("kept").objectStore("kept");
    const range = IDBKeyRange.bound(beginning, `${beginning}\uffff`);
    const read = (asked) => new Promise((done, failed) => { asked.onsuccess = () => done(asked.result); asked.onerror = () => failed(asked.error); });
    const [keys, values] = await Promise.all([read(place.getAllKeys(range)), read(place.getAll(range))]);
    return new Map(keys.map((key, index) => [key, values[index]]));
  } catch {
    return new Map();
  }
}
