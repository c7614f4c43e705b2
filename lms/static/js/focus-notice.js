// After a form was sent, the notice about it is the next thing to read: move the focus there.
document.querySelector("[data-focus-notice]")?.focus();
