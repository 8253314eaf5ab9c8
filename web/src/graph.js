export function showFunction(row) {}
