"""The JSON form of an assessment (``unknot.assessment/1``) and of a session (``unknot.session/1``).

Texts are rendered in one language; session steps carry their message id too, because the player speaks them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from unknot.assessment import Advice, Assessment, Candidate, CompetingCause, NextStep, Triage
from unknot.messages import render
from unknot.script import Session, Step, Text


def assessment_to_json(assessment: Assessment, lang: str = "en") -> dict[str, Any]:
    """The ``unknot.assessment/1`` document; ``schemas/unknot.assessment.1.json`` is its JSON Schema."""
    detection = assessment.detection
    return {
        "schema": "unknot.assessment/1",
        "knowledge": assessment.knowledge,
        "version": assessment.version,
        "triage": _triage(assessment.triage, lang),
        "mechanism": {
            "muscle": detection.mechanism.muscle,
            "nerve_root": detection.mechanism.nerve_root,
            "other": detection.mechanism.other,
            "unknown": detection.mechanism.unknown,
        },
        "candidates": [_candidate(one, lang) for one in detection.candidates],
        "abstained": {
            "value": detection.abstained is not None,
            "reason": _say(detection.abstained, lang) if detection.abstained else "",
        },
        "causes": [_cause(one, lang) for one in detection.causes],
        "would_change": _all(detection.would_change, lang),
        "approximate": detection.approximate,
        "ask_next": [_next(step, lang) for step in detection.ask_next],
        "advice": [_advice(card, lang) for card in assessment.advice],
        "session": session_to_json(assessment.session, lang) if assessment.session else None,
        "session_because": _all(assessment.session_because, lang),
        "beyond_self_help": [
            {"site": one.site, "side": one.side, "because": _all(one.because, lang)}
            for one in assessment.beyond_self_help
        ],
    }


def session_to_json(session: Session, lang: str = "en") -> dict[str, Any]:
    """The ``unknot.session/1`` document; ``schemas/unknot.session.1.json`` is its JSON Schema."""
    p05, p50, p95 = session.estimated_kpa
    low, middle, high = session.start_force_n
    return {
        "schema": session.schema,
        "site": session.site,
        "muscle": session.muscle,
        "side": session.side,
        "tool": session.tool,
        "posture": session.posture,
        "steps": [_step(step, lang) for step in session.steps],
        "spots": [{"site": one.site, "side": one.side, "seconds": one.seconds} for one in session.spots],
        "total_hold_s": session.total_hold_s,
        "cap_kpa": session.cap_kpa,
        "estimated_kpa": {"p05": p05, "p50": p50, "p95": p95, "unit": "kPa"},
        "start_force_n": {"p05": low, "p50": middle, "p95": high, "unit": "N"},
        "gentleness": session.gentleness,
        "because": _all(session.because, lang),
        "load": session.load,
        "load_because": _say(session.load_because, lang) if session.load_because else None,
        "stop_rules": [{"id": rule, "text": render(f"stop.{rule}.sign", lang=lang)} for rule in session.stop_rules],
        "expires_at": session.expires_at,
    }


def _triage(triage: Triage, lang: str) -> dict[str, Any]:
    return {
        "level": triage.level,
        "action": _say(triage.action, lang),
        "reasons": [
            {
                "id": reason.id,
                "level": reason.level,
                "text": _say(reason.text, lang),
                "say": _say(reason.say, lang) if reason.say else None,
                "sources": list(reason.sources),
            }
            for reason in triage.reasons
        ],
        "watch_for": _all(triage.watch_for, lang),
        "review_after_days": triage.review_after_days,
        "blocked_regions": list(triage.blocked_regions),
        "complete": triage.complete,
        "unanswered": list(triage.unanswered),
    }


def _candidate(candidate: Candidate, lang: str) -> dict[str, Any]:
    return {
        "site": candidate.site,
        "muscle": candidate.muscle,
        "side": candidate.side,
        "probability": candidate.probability,
        "for": _all(candidate.reasons_for, lang),
        "against": _all(candidate.reasons_against, lang),
    }


def _cause(cause: CompetingCause, lang: str) -> dict[str, Any]:
    return {
        "id": cause.id,
        "mechanism": cause.mechanism,
        "side": cause.side,
        "probability": cause.probability,
        "band": _say(cause.band, lang),
        "name": _say(cause.name, lang),
    }


def _next(step: NextStep, lang: str) -> dict[str, Any]:
    place = {"side": step.side} if step.side else {}
    return {"kind": step.kind, "id": step.id, **place, "gain_bits": step.gain_bits, "why": _say(step.why, lang)}


def _advice(card: Advice, lang: str) -> dict[str, Any]:
    return {
        "modality": card.modality,
        "grade": card.grade,
        "text": _say(card.text, lang),
        "sources": list(card.sources),
        "name": render(f"modality.{card.modality}.name", lang=lang),
        "fit": card.fit,
        "because": _all(card.because, lang),
        **{part: render(f"modality.{card.modality}.{part}", lang=lang) for part in ("trials", "harms", "avoid")},
    }


def _step(step: Step, lang: str) -> dict[str, Any]:
    comfort = step.comfort
    return {
        "kind": step.kind,
        "duration_s": step.duration_s,
        "id": step.text.id,
        "text": _say(step.text, lang),
        "cue": step.cue,
        "comfort": {"lo": comfort.lo, "hi": comfort.hi, "stop": comfort.stop} if comfort else None,
        "site": step.site,
        "side": step.side,
    }


def _all(texts: Iterable[Text], lang: str) -> list[str]:
    return [_say(text, lang) for text in texts]


def _say(text: Text, lang: str) -> str:
    return render(text.id, text.params, lang)
