// Says the answer of a self-check aloud to those who do not see it appear.
for (const check of document.querySelectorAll("[data-self-check]")) {
  const said = check.querySelector("[data-self-check-said]");
  check.addEventListener("change", (event) => {
    const option = event.target.closest(".self-check__option");
    if (event.target.checked && option) {
      said.textContent = option.querySelector(".self-check__answer").textContent.trim();
    }
  });
}
