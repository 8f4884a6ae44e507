"""What all widgets share: one style sheet, one small script, and a few small makers of core controls.

ipywidgets 8 gives its controls no role for feedback, no name for a group of radio buttons and no way to set an
attribute. JupyterLab takes keys away from a focused control: an arrow moves to another cell, Enter opens the cell, "b"
adds one. The script below mends these, and leaves JupyterLab the keys by which one saves, opens the list of commands and
leaves a widget. Where it cannot run, clicks and the code door still work.
"""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from medialit.exercises.records import Outcome, Result

COLOURS = {
    Outcome.PASSED: "#00795A",
    Outcome.PARTLY: "#B26A00",
    Outcome.NOT_YET: "#C04A00",
    Outcome.NOT_ATTEMPTED: "#6B6B6B",
    Outcome.COULD_NOT_CHECK: "#6B6B6B",
}

_CSS = """
.medialit{max-width:46rem;width:100%;font-size:16px;line-height:1.6;color:var(--jp-content-font-color1,#222);
 --jp-widgets-font-size:16px;--jp-widgets-label-color:var(--jp-content-font-color1,#222)}
.medialit .widget-box{overflow:visible;width:100%;max-width:100%}
.medialit .widget-hbox{flex-wrap:wrap;gap:8px;align-items:flex-end}
.medialit .widget-html{width:100%;height:auto;margin:0}
.medialit .widget-html-content{line-height:1.6;font-size:16px;min-width:0;overflow-wrap:anywhere}
.medialit .widget-html-content table{overflow-wrap:normal}
.medialit .widget-label,.medialit .widget-label-basic{width:auto;max-width:100%;text-align:left;white-space:normal;
 overflow:visible;height:auto;line-height:1.5;flex-shrink:1}
.medialit .widget-text,.medialit .widget-textarea,.medialit .widget-dropdown,.medialit .widget-select
 {width:100%;max-width:30rem;height:auto;flex-direction:column;align-items:stretch;margin:4px 0}
[data-jp-theme-light=false] .medialit{color-scheme:dark}
.medialit .widget-select{max-width:100%}
.medialit .widget-text input,.medialit .widget-dropdown select,.medialit .widget-textarea textarea,
.medialit .widget-select select{flex:none;box-sizing:border-box}
.medialit .widget-text input,.medialit .widget-dropdown select{min-height:32px;height:auto;width:100%;max-width:100%;
 font-size:16px;border:1px solid var(--jp-content-font-color2,#555)}
.medialit .widget-textarea textarea{font-family:inherit;line-height:1.5}
.medialit .medialit-wide.widget-textarea{max-width:100%}
.medialit .widget-dropdown select{appearance:auto;background-image:none}
.medialit .widget-textarea textarea,.medialit .widget-select select{width:100%;font-size:16px;
 border:1px solid var(--jp-content-font-color2,#555)}
.medialit .widget-select select option{min-height:24px;padding:2px 4px;line-height:24px}
.medialit .widget-radio{width:100%;height:auto;flex-direction:column;align-items:stretch;margin:4px 0}
.medialit .widget-radio-box{margin-bottom:0!important;display:flex;flex-direction:column}
.medialit .widget-radio-box label{display:flex;flex-direction:row-reverse;justify-content:flex-end;
 align-items:flex-start;height:auto;min-height:32px;line-height:1.5;padding:4px;white-space:normal;cursor:pointer}
.medialit .widget-radio-box input,.medialit .widget-checkbox input[type=checkbox]{flex:none;float:none;width:20px;
 height:24px;margin:0 10px 0 0;align-self:flex-start}
.medialit .medialit-beside .widget-radio-box{flex-direction:row;flex-wrap:wrap;gap:0 24px}
.medialit .widget-checkbox{width:100%;height:auto;margin:0}
.medialit .widget-checkbox .widget-label-basic{display:flex;align-items:flex-start;min-height:32px;padding:4px;
 cursor:pointer}
.medialit .medialit-small{gap:4px;align-items:center}
.medialit .medialit-small .widget-checkbox{width:4.4rem}
.medialit .medialit-small .widget-checkbox input[type=checkbox]{margin-right:6px}
.medialit .medialit-small .widget-checkbox .widget-label-basic{padding:4px 0}
.medialit .jupyter-button{width:auto;height:auto;min-height:32px;min-width:32px;line-height:1.4;padding:4px 12px;
 font-size:16px;white-space:normal;overflow:visible;margin:4px 0;border:1px solid var(--jp-content-font-color2,#555);
 border-radius:6px;color:var(--jp-content-font-color1,#222);background:var(--jp-layout-color1,#fff)}
.medialit .jupyter-button.mod-primary{background:#00558B;border-color:#00558B;color:#fff}
.medialit .jupyter-button:disabled{opacity:.6}
.medialit .jupyter-button:focus-visible,.medialit input:focus-visible,.medialit select:focus-visible,
.medialit textarea:focus-visible{outline:3px solid var(--jp-brand-color1,#0072B2)!important;outline-offset:2px}
.medialit-block{border:1px solid var(--jp-border-color1,#bbb);border-radius:6px;padding:8px 16px 16px;margin:8px 0}
.medialit .medialit-half,.medialit .widget-hbox>.widget-dropdown,.medialit .widget-hbox>.widget-text
 {flex:1 1 11rem;width:auto}
.medialit .medialit-form{margin-bottom:12px}
.medialit-group{border-left:3px solid var(--jp-border-color1,#bbb);padding-left:12px;margin:8px 0}
@media (max-width:480px){.medialit .medialit-block{padding:8px}.medialit .medialit-group{padding-left:6px}
 .medialit .medialit-small{gap:4px 0}.medialit .medialit-small .widget-checkbox{width:3.8rem}}
.medialit:has(.medialit-matrix){max-width:60rem}
.medialit .medialit-cells{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.4rem,1fr));gap:4px 8px;align-items:end}
.medialit .medialit-cells .widget-dropdown{width:100%;margin:0}
.medialit .medialit-cells .widget-label{font-size:14px;line-height:1.3}
.medialit .medialit-cells select{padding:0 2px 0 4px}
.medialit .medialit-tint-0 select{background-color:#BFE3F5;color:#222}
.medialit .medialit-tint-1 select{background-color:#FBE3A6;color:#222}
.medialit .medialit-tint-2 select{background-color:#F6BFA3;color:#222}
.medialit .medialit-tint-3 select{background-color:#EDEDED;color:#222}
.medialit-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.medialit-whole{white-space:nowrap}
.medialit-tools{display:none}
"""

# Runs when the picture without data "fails to load": the one moment an HTML widget offers to a script.
_SCRIPT = """
(function(img){var mine='data-lm-suppress-shortcuts';
if(!window.medialitKeys){window.medialitKeys=true;window.addEventListener('keydown',function(e){var t=e.target;
if(!t.closest||!t.closest('.medialit')||!t.matches('button,input,select,textarea'))return;
var lab=e.key==='Escape'||((e.ctrlKey||e.metaKey)&&!e.altKey&&(e.shiftKey?/^c$/i:/^s$/i).test(e.key));
if(lab)t.removeAttribute(mine);else t.setAttribute(mine,'true');},true);}
var tries=0;(function go(){var root=img.closest('.medialit');
if(!root){if(tries++<200)setTimeout(go,50);return;}
function name(e){var b=e.closest('.medialit-group,.medialit-block');var h=b&&b.querySelector('.medialit-name');
return h?h.textContent.trim().slice(0,200):'';}
function tidy(){
root.querySelectorAll('button,input,select,textarea').forEach(function(e){e.setAttribute(mine,'true');});
root.querySelectorAll('.medialit-live>.widget-html-content').forEach(function(e){
if(!e.hasAttribute('role')){e.setAttribute('role','status');e.setAttribute('aria-live','polite');}});
root.querySelectorAll('.medialit-group').forEach(function(e){e.setAttribute('role','group');
e.setAttribute('aria-label',name(e));});
root.querySelectorAll('.widget-radio').forEach(function(e){var box=e.querySelector('.widget-radio-box');if(!box)return;
var label=e.querySelector('.widget-label');
var said=[name(e),label?label.textContent.trim():''].filter(Boolean).join(': ');
if(!e.dataset.medialit)e.dataset.medialit='m'+Math.random().toString(36).slice(2);
box.setAttribute('role','radiogroup');box.setAttribute('aria-label',said);
box.querySelectorAll('input').forEach(function(i){if(i.name!==e.dataset.medialit)i.name=e.dataset.medialit;});});
}
tidy();new MutationObserver(tidy).observe(root,{childList:true,subtree:true});img.remove();})();})(this)
""".replace("\n", " ")


def tools() -> w.HTML:
    """The style sheet and the script; one for each outermost box."""
    return html(f'<style>{_CSS}</style><img src="data:," alt="" onerror="{escape(_SCRIPT)}">', "medialit-tools")


# The button that was pressed is gone, and the page is shorter than it was: go to the top of the box, with the focus.
_HERE = (
    "var r=this.closest('.medialit');this.remove();if(r){r.setAttribute('tabindex','-1');r.style.outline='none';"
    "r.focus({preventScroll:true});r.scrollIntoView({block:'start'});}"
)


def come_here() -> str:
    """HTML that moves the focus and the window to the top of its outermost box, when it is put into a page."""
    return f'<img src="data:," alt="" onerror="{escape(_HERE)}">'


def html(value: str = "", *classes: str) -> w.HTML:
    """A piece of text. ``value`` is HTML: whatever a learner typed must be escaped before."""
    return classed(w.HTML(value), *classes)


def live() -> w.HTML:
    """An empty place that a screen reader announces whenever it is filled."""
    return html("", "medialit-live")


def button(text: str, act: Any, *, primary: bool = False, tooltip: str = "") -> w.Button:
    """A button whose visible text is its name; ``act`` is called without arguments."""
    made = w.Button(description=text, tooltip=tooltip or None, button_style="primary" if primary else "")
    made.on_click(lambda _: act())
    return made


def classed(widget: Any, *classes: str) -> Any:
    """The widget, with style classes."""
    for name in classes:
        widget.add_class(name)
    return widget


def box(*children: Any, classes: tuple[str, ...] = ()) -> w.VBox:
    """Widgets one below the other."""
    return classed(w.VBox(children), *classes)


def row(*children: Any) -> w.HBox:
    """Widgets side by side; they wrap when the window is narrow."""
    return w.HBox(children)


def result_html(result: Result, *, after: str = "") -> str:
    """Sign, outcome word, message and next step; ``after`` is plain text such as the number of attempts."""
    colour = COLOURS[Outcome(result.outcome)]
    lines = [
        f'<p style="margin:0"><strong><span aria-hidden="true">{result.outcome.sign}</span> '
        f"{result.outcome.capitalize()}.</strong> {escape(result.message)}</p>"
    ]
    if result.next_step:
        lines.append(f'<p style="margin:4px 0 0">{escape(result.next_step)}</p>')
    if after:
        lines.append(f'<p style="margin:4px 0 0">{escape(after)}</p>')
    return f'<div style="border-left:6px solid {colour};padding:4px 12px;margin:8px 0">{"".join(lines)}</div>'


def note_html(text: str, *more: str) -> str:
    """A plain note, such as a hint, or several lines of one; they are escaped here."""
    lines = "".join(f'<p style="margin:4px 0 0">{escape(line)}</p>' for line in more)
    return (
        '<div style="border-left:6px solid var(--jp-border-color1,#999);padding:4px 12px;margin:8px 0">'
        f"{escape(text)}{lines}</div>"
    )
