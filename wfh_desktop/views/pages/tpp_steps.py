"""Who may take the month a step further, why somebody may not, and what its state has to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.services.tpp import Check, RecommendationDetails
from wfh_desktop.views import labels

NAMES = 3  # people named in the bar before the rest is only counted
STEPS = {
    State.DRAFT: ("&Ajukan", "Ajukan rekomendasi bulan ini bila tidak ada yang kurang"),
    State.SUBMITTED: (
        "&Kunci",
        "Hitung ulang semuanya, lalu jadikan final: sesudah ini tidak ada yang dapat mengubahnya",
    ),
    State.FINAL: ("Te&rkunci", "Bulan ini sudah final"),
}
SUBMITTER = (
    "Rekomendasi ini Anda ajukan sendiri; yang mengunci harus orang lain: pimpinan atau verifikator"
)


def why_not_change(state: State, actor: Actor) -> str:
    """Return why nothing of the month may be calculated or noted, or nothing if it may."""
    if state is not State.DRAFT:
        return f"Bulan ini sudah {state.value}"
    return "" if Right.RECORD in actor.rights else "Anda tidak berwenang menghitung TPP"


def why_not_step(
    details: RecommendationDetails | None, checks: Sequence[Check], actor: Actor
) -> str:
    """Return why the month cannot be submitted or locked, or nothing if it can."""
    if details is None:
        return "Hitung TPP lebih dahulu"
    if details.state is State.FINAL:
        return STEPS[details.state][1]
    if details.state is State.SUBMITTED:
        return _why_not_lock(details, actor)
    if Right.RECOMMEND not in actor.rights:
        return "Hanya pimpinan dan sekretariat unit yang dapat mengajukan"
    blocking = sum(check.blocking for check in checks)
    return f"{blocking} hal harus diperbaiki lebih dahulu" if blocking else ""


def why_not_reopen(state: State, actor: Actor) -> str:
    """Return why the month cannot be opened again, or nothing if it can."""
    if Right.RECOMMEND in actor.rights:
        return ""
    if state is State.SUBMITTED and Right.VERIFY in actor.rights:
        return ""
    return "Hanya yang berwenang mengajukan yang dapat membukanya kembali"


def said(details: RecommendationDetails) -> str:
    """Return what stands above the list: who waits, who submitted, who locked, and why again."""
    return " ".join(_sentences(details))


def _why_not_lock(details: RecommendationDetails, actor: Actor) -> str:
    if Right.VERIFY not in actor.rights:
        return "Hanya pimpinan unit atau verifikator yang dapat mengunci"
    if details.shared and details.submitted_login == actor.login:
        return SUBMITTER
    return ""


def _sentences(details: RecommendationDetails) -> Iterator[str]:
    if waiting := [line.person.name for line in details.lines if line.waiting]:
        rest = len(waiting) - NAMES
        named = ", ".join(waiting[:NAMES]) + (f" dan {rest} orang lain" if rest > 0 else "")
        yield f"Menunggu dihitung orang lain: {named}."
    if details.state is not State.DRAFT:
        yield f"Diajukan oleh {details.submitted_by}, {labels.moment(details.submitted_at)}."
    if details.state is State.SUBMITTED and details.shared:
        yield "Menunggu dikunci oleh orang lain: pimpinan atau verifikator."
    if details.state is State.FINAL:
        yield f"Dikunci oleh {details.locked_by}, {labels.moment(details.locked_at)}."
    if details.revision or details.reason:
        what = f"Revisi {details.revision}" if details.revision else "Dibuka kembali"
        yield f"{what}. Alasan: {details.reason}"
