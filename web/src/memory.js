// What the page remembers from one visit to the next, where the browser lets it.
const PREFIX = "weft-report-";

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // A browser that keeps nothing for local files: the choice lasts as long as the page.
  }
}

// The value that was kept, when it is one of ALLOWED.
export function remembered(name, allowed) {
  try {
    const value = localStorage.getItem(PREFIX + name);
    return allowed.includes(value) ? value : null;
  } catch {
    return null;
  }
}
