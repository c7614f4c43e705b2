// "Leave this site at once" replaces this page in the history, so that Back does not return to it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-leave-at-once]");
  if (link) {
    event.preventDefault();
    window.location.replace(link.href);
  }
});
