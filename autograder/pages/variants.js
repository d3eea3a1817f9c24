const variants = [...document.querySelectorAll(".variant")];
let shown = 0;
function show(number) {
  variants[shown].hidden = true;
  shown = (number + variants.length) % variants.length;
  variants[shown].hidden = false;
  document.getElementById("seed").textContent = variants[shown].dataset.seed;
}
document.getElementById("next").addEventListener("click", () => show(shown + 1));
document.getElementById("previous").addEventListener("click", () => show(shown - 1));
