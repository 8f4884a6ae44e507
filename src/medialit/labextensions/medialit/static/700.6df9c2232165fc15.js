"use strict";(self.rspackChunkmedialit=self.rspackChunkmedialit||[]).push([[700],{19(e,i,t){var a=t(20),o=t.n(a),n=t(21),r=(t.n(n))()(o());r.push([e.id,`/* The course view. Colors follow JupyterLab's light and dark themes; the accent is the kit's. */

body {
  --medialit-accent: #00558b;
  --medialit-on-accent: #fff;
  --medialit-soft: #e8f1f7;
  --medialit-ink: #222;
  --medialit-dim: #555;
  --medialit-line: #c4c4c4;
  --medialit-paper: #fff;
  --medialit-ground: #f6f6f4;
  --medialit-mark: #fbe3a6;
  --medialit-good: #006b4f;
  --medialit-warm: #fff4d6;
}

body[data-jp-theme-light='false'] {
  --medialit-accent: #7cc4f0;
  --medialit-on-accent: #111;
  --medialit-soft: #20384a;
  --medialit-ink: #f0f0f0;
  --medialit-dim: #bbb;
  --medialit-line: #555;
  --medialit-paper: #111;
  --medialit-ground: #1c1c1c;
  --medialit-mark: #5a4500;
  --medialit-good: #6fd3b0;
  --medialit-warm: #3a2f10;
}

/* JupyterLab's own frame is out of sight while a page of the course is on show. */
.medialit-course #jp-top-panel,
.medialit-course #jp-menu-panel,
.medialit-course #jp-title-panel-title,
.medialit-course #jp-bottom-panel,
.medialit-course #top-panel-wrapper,
.medialit-course #menu-panel-wrapper,
.medialit-course .jp-SideBar.lm-TabBar,
.medialit-course .lm-DockPanel-tabBar {
  /* Lumino takes a limit of 0 for none. */
  min-height: 0 !important;
  max-height: 0.01px !important;
  border: none !important;
  visibility: hidden;
}

.medialit-course .jp-SideBar.lm-TabBar {
  min-width: 0 !important;
  max-width: 0.01px !important;
  max-height: none !important;
}

.medialit-course #jp-main-dock-panel {
  padding: 0;
}

.medialit-course .lm-DockPanel-widget {
  border: none;
}

/* --- the page --- */

.medialit-page .jp-NotebookPanel-notebook {
  background: var(--medialit-paper);
}

.medialit-page .jp-NotebookPanel-notebook .jp-WindowedPanel-outer {
  padding: 0 0 32px;
  box-sizing: border-box;
}

.medialit-page .jp-NotebookPanel-notebook .jp-WindowedPanel-viewport {
  padding: 0 16px;
  box-sizing: border-box;
}

.medialit-page .jp-WindowedPanel-outer::after,
.medialit-page .jp-WindowedPanel-inner {
  min-height: 0 !important;
}

.medialit-page .jp-Cell {
  max-width: 50rem;
  margin: 0 auto;
  padding: 4px 0;
  zoom: var(--medialit-size, 1);
  border: none;
}

.medialit-page .jp-Cell:has(.ml-matrix) {
  max-width: 62rem;
}

.medialit-page .jp-Notebook.jp-mod-commandMode .jp-Notebook-cell.jp-Cell,
.medialit-page .jp-Notebook .jp-Notebook-cell.jp-Cell {
  background: none;
  box-shadow: none;
}

.medialit-page .jp-Notebook .jp-Notebook-cell.jp-Cell:focus-visible {
  box-shadow: -4px 0 0 var(--medialit-line);
}

.medialit-page .jp-Cell::before,
.medialit-page .jp-Collapser,
.medialit-page .jp-InputPrompt,
.medialit-page .jp-OutputPrompt,
.medialit-page .jp-OutputArea-promptOverlay,
.medialit-page .jp-cell-toolbar,
.medialit-page .jp-cell-menu,
.medialit-page .jp-collapseHeadingButton,
.medialit-page .jp-InputPlaceholder,
.medialit-page .jp-InternalAnchorLink {
  display: none !important;
}

.medialit-page .jp-MarkdownCell .jp-InputArea-editor,
.medialit-page .jp-MarkdownOutput {
  border: none;
  background: none;
}

.medialit-page .jp-MarkdownOutput.jp-RenderedHTMLCommon {
  font-size: 16px;
  line-height: 1.6;
  padding: 0;
  color: var(--medialit-ink);
}

.medialit-page .jp-MarkdownOutput h1 {
  font-size: 30px;
  font-weight: 600;
  line-height: 1.2;
  margin: 24px 0 8px;
}

.medialit-page .jp-MarkdownOutput h2 {
  font-size: 22px;
  font-weight: 600;
  line-height: 1.3;
  margin: 32px 0 8px;
  scroll-margin-top: 16px;
}

.medialit-page .jp-MarkdownOutput table {
  font-size: 15px;
  line-height: 1.5;
  margin: 8px 0;
  border: none;
}

.medialit-page .jp-MarkdownOutput table :is(tr, td) {
  background: none !important;
  vertical-align: top;
}

.medialit-page .jp-MarkdownOutput thead:not(:has(th:not(:empty))) {
  display: none;
}

.medialit-page .jp-MarkdownOutput td:first-child {
  padding-left: 0;
  color: var(--medialit-dim);
}

.medialit-page .jp-MarkdownOutput > :last-child {
  margin-bottom: 8px;
}

.medialit-page .jp-MarkdownOutput a {
  color: var(--medialit-accent);
}

.medialit-page .jp-OutputArea-output {
  padding: 0;
}

/* A tall answer stays as tall as it is: Notebook 7 would shut it up in a small window with its own scrollbar. */
.medialit-page .jp-CodeCell.jp-mod-outputsScrolled .jp-Cell-outputArea {
  max-height: none;
  margin-left: 0;
  overflow-y: visible;
  box-shadow: none;
}

.medialit-page .ml {
  margin-top: 0;
}

.medialit-page .jp-RenderedHTMLCommon :not(pre) > code {
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}

/* A table of many columns scrolls in its box on a narrow screen: words, dates and numbers stay whole. */
@media screen and (max-width: 480px) {
  .medialit-page .jp-OutputArea-output table :is(caption, th, td) {
    padding: 4px 5px !important;
    font-size: 14px !important;
  }
}

/* One step at a time; printing shows all. */
@media screen {
  .medialit-page .jp-Cell.medialit-away {
    display: none;
  }
}

/* The story of the class has nothing for it. */
.medialit-page .jp-Cell.medialit-left {
  display: none;
}

/* The story is in its panel. */
.medialit-page .medialit-story-cell > .jp-Cell-outputWrapper {
  display: none;
}

.medialit-to-story {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 16px;
  align-items: center;
  justify-content: space-between;
  margin: 8px 0;
  padding: 8px 8px 8px 16px;
  border: 1px solid var(--medialit-line);
  border-left: 4px solid var(--medialit-accent);
  border-radius: 6px;
  font: 16px/1.6 var(--jp-content-font-family, system-ui);
  color: var(--medialit-ink);
}

.medialit-page:not(.medialit-code) .medialit-door,
.medialit-page .medialit-plain {
  display: none;
}

/* Code that is shown: a quiet box, and a button to run it. */
.medialit-page .jp-CodeCell .jp-InputArea-editor {
  border-radius: 6px;
}

.medialit-page .jp-CodeCell .jp-Cell-inputWrapper {
  flex-direction: column;
  gap: 4px;
}

.medialit-run {
  display: none;
  align-self: flex-start;
  min-height: 32px;
  padding: 2px 16px;
  border: 1px solid var(--medialit-line);
  border-radius: 6px;
  background: var(--medialit-paper);
  color: var(--medialit-ink);
  font: 15px/1.4 var(--jp-content-font-family, system-ui);
  cursor: pointer;
}

.medialit-code .medialit-run,
.medialit-shown .medialit-run {
  display: block;
}

.medialit-page:not(.medialit-code) .jp-CodeCell:not(.medialit-shown) .jp-Cell-inputWrapper {
  display: none;
}

.medialit-page .jp-WindowedPanel-outer:focus-visible {
  outline: none;
  box-shadow: inset 0 2px 0 var(--medialit-accent);
}

/* While Python starts, what was built before is shown, and cannot be answered yet. */
.medialit-busy .jp-OutputArea-output,
.medialit-stopped .jp-OutputArea-output {
  opacity: 0.55;
}

/* The page says that Python stopped, once; no broken chain beside every word. */
.medialit-page .jupyter-widgets-disconnected::before {
  display: none !important;
}

.medialit-page .jp-RenderedHTMLCommon :focus-visible,
.medialit-bar :focus-visible,
.medialit-panel :focus-visible,
.medialit-foot :focus-visible,
.medialit-head :focus-visible,
.medialit-drawer :focus-visible {
  outline: 3px solid var(--medialit-accent);
  outline-offset: 2px;
}

/* A heading that a click led to is no control: the words themselves show where one is. */
.medialit-page .jp-RenderedHTMLCommon :is(h1, h2):focus-visible {
  outline: none;
}

/* JupyterLab gives every button its own corners. */
body button:is(.medialit-go, .medialit-close, .medialit-run) {
  border-radius: 6px;
}

.medialit-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

/* --- bar --- */

.medialit-bar {
  display: flex;
  align-items: center;
  gap: 8px;
  padding: 6px 12px;
  min-height: 52px;
  box-sizing: border-box;
  background: var(--medialit-ground);
  border-bottom: 1px solid var(--medialit-line);
  color: var(--medialit-ink);
  font: 15px/1.4 var(--jp-content-font-family, system-ui);
  overflow: visible;
}

.medialit-page .jp-MainAreaWidget-ContentHeader,
.medialit-page > .lm-BoxPanel {
  overflow: visible;
  contain: none;
  z-index: 5;
}

.medialit-bar button,
.medialit-panel-foot button,
.medialit-notice button,
.medialit-to-story button,
.medialit-close {
  font: inherit;
  min-height: 40px;
  padding: 4px 12px;
  border: 1px solid var(--medialit-line);
  border-radius: 6px;
  background: var(--medialit-paper);
  color: var(--medialit-ink);
  cursor: pointer;
}

.medialit-bar button:hover,
.medialit-panel-foot button:hover,
.medialit-notice button:hover {
  border-color: var(--medialit-accent);
}

.medialit-bar button[aria-expanded='true']:not(.medialit-icon-more),
.medialit-bar button[aria-pressed='true'] {
  border-color: var(--medialit-accent);
  color: var(--medialit-accent);
}

.medialit-bar button[aria-pressed='true']::before {
  content: '✓ ';
}

.medialit-icon-course::before {
  content: '☰ ';
}

.medialit-icon-story::before {
  content: '\xb6 ';
}

.medialit-icon-more::before {
  content: '⋯ ';
}

.medialit-bar-title {
  flex: 1;
  min-width: 0;
  margin: 0;
  font-weight: 600;
  white-space: nowrap;
  overflow: hidden;
  text-overflow: ellipsis;
}

.medialit-bar-step {
  margin-left: 8px;
  font-weight: 400;
  color: var(--medialit-dim);
}

.medialit-menu {
  position: fixed;
  inset: auto;
  margin: 0;
  flex-direction: column;
  width: 18rem;
  color: inherit;
  font: inherit;
  max-width: calc(100vw - 24px);
  padding: 8px;
  border: 1px solid var(--medialit-line);
  border-radius: 6px;
  background: var(--medialit-paper);
  box-shadow: 0 4px 16px rgb(0 0 0 / 20%);
}

.medialit-menu:popover-open {
  display: flex;
}

.medialit-menu > button {
  border: none;
  text-align: left;
}

.medialit-menu > button:hover {
  background: var(--medialit-soft);
}

.medialit-sizes {
  display: flex;
  align-items: center;
  gap: 8px;
  padding: 4px 4px 8px 12px;
  margin-bottom: 4px;
  border-bottom: 1px solid var(--medialit-line);
}

.medialit-sizes span {
  flex: 1;
}

@media (max-width: 480px) {
  .medialit-bar {
    gap: 4px;
    padding: 6px 8px;
  }

  .medialit-bar > button {
    padding: 4px 8px;
  }

  /* The heading of the page says it. */
  .medialit-bar-title {
    font-size: 0;
  }

  /* “10 of 11” whole: cut off, it would be another number. */
  .medialit-bar-step {
    margin-left: 0;
    font-size: 12px;
  }
}

/* --- what is told about a page --- */

.medialit-head {
  position: sticky;
  top: 0;
  z-index: 4;
  overflow: visible;
  contain: none;
  background: var(--medialit-paper);
  font: 15px/1.5 var(--jp-content-font-family, system-ui);
  color: var(--medialit-ink);
}

.medialit-progress {
  height: 4px;
  background: var(--medialit-soft);
}

.medialit-progress[hidden] {
  display: none;
}

.medialit-progress span {
  display: block;
  height: 100%;
  background: var(--medialit-accent);
  transition: width 0.3s;
}

@media (prefers-reduced-motion: reduce) {
  .medialit-progress span {
    transition: none;
  }
}

.medialit-status {
  margin: 0;
  padding: 6px 16px;
  color: var(--medialit-dim);
}

.medialit-notice {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 16px;
  align-items: center;
  padding: 8px 16px;
  background: var(--medialit-warm);
  border-bottom: 1px solid var(--medialit-line);
}

.medialit-notice p {
  flex: 1 1 24rem;
  margin: 0;
}

.medialit-notice div {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
}

/* --- the end of a page --- */

.medialit-done {
  margin: 0 0 16px;
  font: 600 16px/1.4 var(--jp-content-font-family, system-ui);
  color: var(--medialit-good);
}

.medialit-done:empty {
  margin: 0;
}

.medialit-unit-done {
  display: flex;
  gap: 16px;
  align-items: center;
  padding: 16px;
  border: 2px solid var(--medialit-good);
  border-radius: 6px;
}

.medialit-unit-done strong {
  font-size: 20px;
}

.medialit-unit-done p {
  margin: 4px 0 0;
  font-weight: 400;
  color: var(--medialit-ink);
}

.medialit-seal {
  flex: none;
  width: 48px;
  height: 48px;
  border-radius: 50%;
  background: var(--medialit-good);
  color: var(--medialit-paper);
  font-size: 28px;
  line-height: 48px;
  text-align: center;
}

@media (prefers-reduced-motion: no-preference) {
  .medialit-fresh .medialit-seal {
    animation: medialit-seal 0.9s ease-out;
  }
}

@keyframes medialit-seal {
  0% {
    transform: scale(0.3);
    box-shadow: 0 0 0 0 var(--medialit-good);
  }

  40% {
    transform: scale(1.15);
    box-shadow: 0 0 0 8px var(--medialit-soft);
  }

  100% {
    transform: scale(1);
    box-shadow: 0 0 0 24px transparent;
  }
}

.medialit-waits {
  margin: 0 0 8px;
  text-align: right;
  font: 15px/1.5 var(--jp-content-font-family, system-ui);
  color: var(--medialit-dim);
}

.medialit-whole {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 16px;
  align-items: center;
  justify-content: space-between;
  margin: 16px 0 0;
  font: 14px/1.5 var(--jp-content-font-family, system-ui);
  color: var(--medialit-dim);
}

.medialit-whole button {
  min-height: 32px;
  margin-left: auto;
  padding: 4px 0;
  border: none;
  background: none;
  color: var(--medialit-accent);
  font: inherit;
  text-decoration: underline;
  cursor: pointer;
}

.medialit-foot {
  max-width: 50rem;
  margin: 32px auto 0;
  padding: 0 16px;
  overflow: visible;
}

.medialit-foot nav {
  display: flex;
  flex-wrap: wrap;
  gap: 16px;
  justify-content: space-between;
}

.medialit-go {
  display: flex;
  flex-direction: column;
  flex: 1 1 12rem;
  max-width: 22rem;
  padding: 12px 16px;
  border: 1px solid var(--medialit-line);
  border-radius: 6px;
  font: 16px/1.4 var(--jp-content-font-family, system-ui);
  color: var(--medialit-ink);
  background: var(--medialit-paper);
  text-align: left;
  text-decoration: none;
  cursor: pointer;
}

.medialit-go.medialit-skip {
  flex: 0 0 auto;
  margin-left: auto;
}

.medialit-go span {
  font-size: 14px;
  color: var(--medialit-dim);
}

.medialit-go:hover {
  border-color: var(--medialit-accent);
}

.medialit-go.medialit-next {
  margin-left: auto;
  text-align: right;
  background: var(--medialit-accent);
  border-color: var(--medialit-accent);
  color: var(--medialit-on-accent);
}

.medialit-go small {
  font-weight: 400;
}

.medialit-begin {
  display: flex;
  margin: 16px 0 8px;
}

.medialit-begin .medialit-next {
  margin-left: 0;
  text-align: left;
}

.medialit-go.medialit-later {
  margin-left: auto;
  text-align: right;
}

.medialit-go.medialit-next span {
  color: inherit;
}

:is(.medialit-next, .medialit-later) span::after {
  content: ' →';
}

.medialit-back span::before {
  content: '← ';
}

/* --- panels --- */

.medialit-panel {
  display: flex;
  flex-direction: column;
  background: var(--medialit-ground);
  color: var(--medialit-ink);
  font: 15px/1.5 var(--jp-content-font-family, system-ui);
}

/* JupyterLab gives its own panels a least width by their place. */
#jp-right-stack > #medialit-story-panel,
#jp-left-stack > #medialit-story-panel {
  min-width: 340px;
}

.medialit-panel nav {
  flex: 1;
  min-height: 0;
  overflow-y: auto;
}

.medialit-panel-head {
  padding: 12px 16px;
  border-bottom: 1px solid var(--medialit-line);
}

.medialit-panel h2,
.medialit-brand {
  margin: 0;
  font-size: 17px;
  font-weight: 600;
}

.medialit-count {
  margin: 4px 0;
  color: var(--medialit-dim);
  font-size: 14px;
}

.medialit-meter {
  height: 6px;
  border-radius: 3px;
  background: var(--medialit-line);
  overflow: hidden;
}

.medialit-meter span {
  display: block;
  height: 100%;
  background: var(--medialit-good);
}

.medialit-panel ol,
.medialit-panel ul {
  list-style: none;
  margin: 0;
  padding: 0;
}

.medialit-steps {
  padding: 8px !important;
}

.medialit-steps a,
.medialit-steps button,
.medialit-panel details a,
.medialit-panel summary {
  display: flex;
  align-items: baseline;
  gap: 8px;
  width: 100%;
  box-sizing: border-box;
  min-height: 36px;
  padding: 6px 8px;
  border: none;
  border-radius: 6px;
  background: none;
  color: var(--medialit-ink);
  font: inherit;
  text-align: left;
  text-decoration: none;
  cursor: pointer;
}

.medialit-panel summary {
  margin: 0 8px;
  width: auto;
}

.medialit-steps a:hover,
.medialit-steps button:hover,
.medialit-panel details a:hover,
.medialit-panel summary:hover {
  background: var(--medialit-soft);
}

.medialit-steps .medialit-words {
  flex: 1;
}

.medialit-inside > a {
  font-weight: 600;
}

.medialit-sections [aria-current='step'] {
  background: var(--medialit-soft);
  font-weight: 600;
}

.medialit-board summary {
  padding-left: 32px;
  font-size: 14px;
}

.medialit-about {
  margin: 0;
  color: var(--medialit-dim);
  font-size: 14px;
}

.medialit-about:empty {
  display: none;
}

.medialit-board li {
  display: flex;
  gap: 8px;
  padding: 4px 16px;
  font-size: 14px;
  color: var(--medialit-dim);
}

.medialit-board .medialit-found {
  color: var(--medialit-ink);
}

.medialit-found-words {
  display: block;
  color: var(--medialit-dim);
}

.medialit-board summary::before,
.medialit-panel summary::before {
  content: '▸';
  flex: none;
  width: 1.1em;
  text-align: center;
  color: var(--medialit-dim);
}

.medialit-panel details[open] > summary::before {
  content: '▾';
}

.medialit-panel .medialit-here {
  background: var(--medialit-soft);
  font-weight: 600;
}

.medialit-minutes {
  color: var(--medialit-dim);
  font-size: 13px;
  font-weight: 400;
  white-space: nowrap;
}

.medialit-sign {
  flex: none;
  width: 1.1em;
  text-align: center;
  color: var(--medialit-dim);
}

.medialit-sign-passed {
  color: var(--medialit-good);
  font-weight: 700;
}

.medialit-pages {
  padding-left: 24px !important;
}

.medialit-sections {
  padding-left: 8px !important;
  font-size: 14px;
}

.medialit-panel-foot {
  display: flex;
  flex-direction: column;
  gap: 8px;
  padding: 12px 16px;
  border-top: 1px solid var(--medialit-line);
}

.medialit-panel-foot .medialit-primary {
  padding: 10px 12px;
  border: 1px solid var(--medialit-accent);
  border-radius: 6px;
  background: var(--medialit-paper);
  color: var(--medialit-accent);
  font-weight: 600;
  text-decoration: none;
  text-align: center;
}

/* --- the story --- */

.medialit-story {
  flex: 1;
  min-height: 0;
  overflow-y: auto;
  padding: 8px 16px 32px;
  background: var(--medialit-paper);
  font-size: calc(16px * var(--medialit-size, 1));
  line-height: 1.6;
}

.medialit-story h3 {
  margin: 16px 0 4px;
  font-size: 1.06em;
}

.medialit-par {
  display: flex;
  gap: 8px;
  margin: 0 -8px;
  padding: 4px 8px;
  border-left: 4px solid transparent;
}

.medialit-par p {
  margin: 0;
  overflow-wrap: anywhere;
}

.medialit-par > div {
  min-width: 0;
}

.medialit-par[aria-current] {
  background: var(--medialit-soft);
  border-left-color: var(--medialit-accent);
}

.medialit-par-post p:first-child {
  border-left: 4px double var(--medialit-line);
  padding-left: 8px;
}

.medialit-number {
  flex: none;
  min-width: 2.2em;
  color: var(--medialit-dim);
  font-size: 0.88em;
}

.medialit-term {
  text-decoration: underline dotted 2px;
  text-underline-offset: 4px;
  cursor: pointer;
}

.medialit-par .medialit-why {
  margin: 4px 0 8px;
  padding: 4px 8px;
  border-left: 4px solid var(--medialit-good);
  font-size: 0.92em;
}

.medialit-story mark {
  background: var(--medialit-mark);
  color: inherit;
  text-decoration: underline;
  text-underline-offset: 3px;
}

.medialit-story-label {
  font-weight: 700;
}

.medialit-story-end {
  color: var(--medialit-dim);
  font-size: 0.88em;
}

.medialit-own {
  display: flex;
  align-items: center;
  min-height: 32px;
  gap: 4px;
}

.medialit-own[hidden] {
  display: none;
}

.medialit-own input {
  width: 20px;
  height: 20px;
  margin: 0;
}

/* --- drawers on a narrow screen --- */

.medialit-shade {
  position: fixed;
  inset: 0;
  z-index: 99;
  background: rgb(0 0 0 / 45%);
}

.medialit-drawer {
  position: fixed;
  top: 0;
  bottom: 0;
  z-index: 100;
  display: flex;
  flex-direction: column;
  width: min(24rem, calc(100vw - 32px));
  background: var(--medialit-ground);
}

.medialit-drawer-left {
  left: 0;
}

.medialit-drawer-right {
  right: 0;
}

.medialit-drawer .medialit-panel {
  flex: 1;
  min-height: 0;
  min-width: 0;
}

.medialit-close {
  align-self: flex-end;
  margin: 8px;
  font: 15px/1.4 var(--jp-content-font-family, system-ui);
}
`,""]),t.d(i,{},{A:r})},21(e){e.exports=function(e){var i=[];return i.toString=function(){return this.map(function(i){var t="",a=void 0!==i[5];return i[4]&&(t+="@supports (".concat(i[4],") {")),i[2]&&(t+="@media ".concat(i[2]," {")),a&&(t+="@layer".concat(i[5].length>0?" ".concat(i[5]):""," {")),t+=e(i),a&&(t+="}"),i[2]&&(t+="}"),i[4]&&(t+="}"),t}).join("")},i.i=function(e,t,a,o,n){"string"==typeof e&&(e=[[null,e,void 0]]);var r={};if(a)for(var l=0;l<this.length;l++){var d=this[l][0];null!=d&&(r[d]=!0)}for(var p=0;p<e.length;p++){var m=[].concat(e[p]);a&&r[m[0]]||(void 0!==n&&(void 0===m[5]||(m[1]="@layer".concat(m[5].length>0?" ".concat(m[5]):""," {").concat(m[1],"}")),m[5]=n),t&&(m[2]&&(m[1]="@media ".concat(m[2]," {").concat(m[1],"}")),m[2]=t),o&&(m[4]?(m[1]="@supports (".concat(m[4],") {").concat(m[1],"}"),m[4]=o):m[4]="".concat(o)),i.push(m))}},i}},20(e){e.exports=function(e){return e[1]}},13(e){var i=[];function t(e){for(var t=-1,a=0;a<i.length;a++)if(i[a].identifier===e){t=a;break}return t}function a(e,a){for(var o={},n=[],r=0;r<e.length;r++){var l=e[r],d=a.base?l[0]+a.base:l[0],p=o[d]||0,m="".concat(d," ").concat(p);o[d]=p+1;var s=t(m),c={css:l[1],media:l[2],sourceMap:l[3],supports:l[4],layer:l[5]};if(-1!==s)i[s].references++,i[s].updater(c);else{var u=function(e,i){var t=i.domAPI(i);return t.update(e),function(i){i?(i.css!==e.css||i.media!==e.media||i.sourceMap!==e.sourceMap||i.supports!==e.supports||i.layer!==e.layer)&&t.update(e=i):t.remove()}}(c,a);a.byIndex=r,i.splice(r,0,{identifier:m,updater:u,references:1})}n.push(m)}return n}e.exports=function(e,o){var n=a(e=e||[],o=o||{});return function(e){e=e||[];for(var r=0;r<n.length;r++){var l=t(n[r]);i[l].references--}for(var d=a(e,o),p=0;p<n.length;p++){var m=t(n[p]);0===i[m].references&&(i[m].updater(),i.splice(m,1))}n=d}}},15(e){var i={};e.exports=function(e,t){var a=function(e){if(void 0===i[e]){var t=document.querySelector(e);if(window.HTMLIFrameElement&&t instanceof window.HTMLIFrameElement)try{t=t.contentDocument.head}catch(e){t=null}i[e]=t}return i[e]}(e);if(!a)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");a.appendChild(t)}},17(e){e.exports=function(e){var i=document.createElement("style");return e.setAttributes(i,e.attributes),e.insert(i,e.options),i}},16(e,i,t){e.exports=function(e){var i=t.nc;i&&e.setAttribute("nonce",i)}},14(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var i=e.insertStyleElement(e);return{update:function(t){var a,o,n;a="",t.supports&&(a+="@supports (".concat(t.supports,") {")),t.media&&(a+="@media ".concat(t.media," {")),(o=void 0!==t.layer)&&(a+="@layer".concat(t.layer.length>0?" ".concat(t.layer):""," {")),a+=t.css,o&&(a+="}"),t.media&&(a+="}"),t.supports&&(a+="}"),(n=t.sourceMap)&&"u">typeof btoa&&(a+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(n))))," */")),e.styleTagTransform(a,i,e.options)},remove:function(){var e;null===(e=i).parentNode||e.parentNode.removeChild(e)}}}},18(e){e.exports=function(e,i){if(i.styleSheet)i.styleSheet.cssText=e;else{for(;i.firstChild;)i.removeChild(i.firstChild);i.appendChild(document.createTextNode(e))}}},12(e,i,t){var a=t(13),o=t.n(a),n=t(14),r=t.n(n),l=t(15),d=t.n(l),p=t(16),m=t.n(p),s=t(17),c=t.n(s),u=t(18),g=t.n(u),f=t(19),x={};x.styleTagTransform=g(),x.setAttributes=m(),x.insert=d().bind(null,"head"),x.domAPI=r(),x.insertStyleElement=c(),o()(f.A,x),f.A&&f.A.locals&&f.A.locals}}]);