"""Ears: what really left the speaker of a page, and when; and a browser whose pages are really out of sight.

A processor on the audio thread listens to whatever a page connects to its destination. For every beginning of a sound
it notes the frame, its pitch, and the wall clock of its own thread. None of it is the player's own book-keeping.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, BrowserType, Page

PITCH = {
    "step": 523, "count": 440, "hold": 392, "half": 587, "ask": 494, "last": 659, "release": 622, "paused": 349,
    "alarm": 740, "end": 466,
}  # fmt: skip
"""The pitch that each sound begins on (ui/src/player/tones.ts)."""

LISTEN = r"""
(() => {
  const heard = (window.__heard = { onsets: [], begins: 0, ends: [], touches: [] });
  const EAR = `registerProcessor("ear", class extends AudioWorkletProcessor {
    constructor() { super(); this.loud = -1; this.any = -1; this.on = null; this.sounding = false; this.last = 0; }
    process([input]) {
      const samples = input[0];
      if (!samples) return true;
      for (let i = 0; i < samples.length; i++) {
        const t = currentTime + i / sampleRate, x = samples[i];
        if (Math.abs(x) > 0.002) {
          this.any = t;
          if (!this.sounding) this.port.postMessage({ begins: 1 });
          this.sounding = true;
        }
        if (Math.abs(x) > 0.1) {
          if (t - this.loud > 0.15) this.on = { t, wall: Date.now(), crossings: 0 };
          this.loud = t;
        }
        if (this.on) {
          if (x * this.last < 0) this.on.crossings += 1;
          if (t - this.on.t > 0.05) {
            this.port.postMessage({ t: this.on.t, wall: this.on.wall, hz: this.on.crossings / 0.1 });
            this.on = null;
          }
        }
        if (x !== 0) this.last = x;
      }
      if (this.sounding && currentTime - this.any > 0.03) {
        this.sounding = false;
        this.port.postMessage({ end: this.any });
      }
      return true;
    }
  });`;
  const connect = AudioNode.prototype.connect;
  const ears = new WeakMap();
  const earOf = (context) => {
    if (!ears.has(context)) {
      const url = URL.createObjectURL(new Blob([EAR], { type: "text/javascript" }));
      ears.set(context, context.audioWorklet.addModule(url).then(() => {
        const ear = new AudioWorkletNode(context, "ear");
        const atEar = (t) => {
          const { contextTime, performanceTime } = context.getOutputTimestamp();
          return performance.timeOrigin + performanceTime + (t - contextTime) * 1000;
        };
        ear.port.onmessage = ({ data }) => {
          if (data.begins) heard.begins += 1;
          else if (data.end !== undefined) heard.ends.push(atEar(data.end));
          else heard.onsets.push({ at: atEar(data.t), wall: data.wall + context.outputLatency * 1000, hz: data.hz });
        };
        connect.call(ear, context.destination);
        return ear;
      }));
    }
    return ears.get(context);
  };
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) earOf(to.context).then((ear) => connect.call(this, ear));
    return connect.call(this, to, ...rest);
  };
  addEventListener("pointerdown", (event) => heard.touches.push(performance.timeOrigin + event.timeStamp), true);
})();
"""

SPEAK = r"""
(() => {
  const said = (window.__said = []);
  const voice = { name: "Local", lang: "en-GB", localService: true, default: true, voiceURI: "local" };
  const far = { name: "Remote", lang: "en-GB", localService: false, default: false, voiceURI: "remote" };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const speech = Object.assign(new EventTarget(), {
    speaking: false,
    getVoices: () => [far, voice],
    cancel: () => undefined,
    speak: (one) => said.push({ text: one.text, voice: one.voice.name, rate: one.rate }),
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
})();
"""
"""Speech that can be read: one voice of the device, and one that a browser would send away to."""


@dataclass(frozen=True)
class Sound:
    """One beginning of a sound: its name by its pitch, and when it reached the ear by two clocks (seconds)."""

    name: str
    at: float
    by_thread: float


def sounds(page: Page) -> list[Sound]:
    """Everything heard so far."""
    return [
        Sound(_name(one["hz"]), one["at"] / 1000, one["wall"] / 1000)
        for one in page.evaluate("window.__heard.onsets")
    ]  # fmt: skip


def wait_for_a_sound(page: Page) -> None:
    """Until something sounds at this moment, and has for half a second."""
    page.wait_for_function("window.__heard.begins > window.__heard.ends.length", timeout=20_000)
    page.wait_for_timeout(500)


def _name(hz: float) -> str:
    return min(PITCH, key=lambda name: abs(PITCH[name] - hz))


@contextmanager
def real_tabs(chromium: BrowserType) -> Iterator[BrowserContext]:
    """A browser in which a tab that is not in front is hidden, as for people: nothing pretends that it is seen."""
    program = os.environ.get("UNKNOT_CHROMIUM") or shutil.which("chromium")
    assert program, "these tests drive the system's Chromium: apt install chromium"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless=new", "--no-sandbox", "--no-first-run", "--remote-debugging-port=0"]
        process = subprocess.Popen(
            [program, *options, f"--user-data-dir={profile}", "about:blank"], stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        try:
            port = next(found[1] for line in process.stderr if (found := re.search(r"ws://[^:]+:(\d+)/", line)))
            browser = chromium.connect_over_cdp(f"http://127.0.0.1:{port}", no_defaults=True)
            yield browser.contexts[0]
            browser.close()
        finally:
            process.terminate()
            process.wait(timeout=20)
            process.stderr.close()
