// Light, dark, or what the system says.
import { remember, remembered } from "./memory.js";

const THEMES = ["system", "light", "dark"];
let theme = remembered("theme", THEMES) ?? "system";

function show() {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

show();

export function currentTheme() {
  return theme;
}

export function nextTheme() {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  remember("theme", theme);
  show();
}
