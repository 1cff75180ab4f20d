// Whether somebody has answered in a control of the page before the script that watches it had come.
export function isTyped(control) {
  if (control.type === "hidden") {
    return false;
  }
  if (control.type === "checkbox" || control.type === "radio") {
    return control.checked !== control.defaultChecked;
  }
  if (control.type === "select-one") {
    const first = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(first, 0);
  }
  return "defaultValue" in control && control.value !== control.defaultValue;
}
