"""Let a model settle and read the force on the tool."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np

GRAVITY = 9.81
SETTLE_S, READ_S = 3.0, 0.5
UNSTABLE = (
    int(mujoco.mjtWarning.mjWARN_BADQPOS), int(mujoco.mjtWarning.mjWARN_BADQVEL), int(mujoco.mjtWarning.mjWARN_BADQACC)
)  # fmt: skip


@dataclass(frozen=True)
class Settled:
    """``force_n`` on the tool (mean of the last half second), ``ripple_n`` its standard deviation there, ``speed`` of
    the fastest joint at the end, ``total`` = vertical force on tool and ground over the body's weight."""

    force_n: float
    ripple_n: float
    speed: float
    total: float


def settle(xml: str, pushes: dict[str, float], axis: int = 2) -> Settled:
    """Run ``xml`` for three seconds; ``pushes`` are constant forces on named bodies along ``axis``, N.

    A run that becomes unstable is done again with half the time step. Raises ArithmeticError when that does not help.
    """
    model = mujoco.MjModel.from_xml_string(xml)
    for _ in range(4):
        data = mujoco.MjData(model)
        found = _run(model, data, pushes, axis)
        if not any(data.warning[kind].number for kind in UNSTABLE):
            return found
        model.opt.timestep /= 2
    raise ArithmeticError("the simulation is unstable")


def _run(model: mujoco.MjModel, data: mujoco.MjData, pushes: dict[str, float], axis: int) -> Settled:
    joints = [n for n in range(model.njnt) if model.joint(n).name.startswith("tool")]
    at = [model.jnt_qposadr[n] for n in joints]
    linear = np.array([model.jnt_stiffness[n] for n in joints])
    cubic = np.array([model.jnt_stiffnesspoly[n][1] for n in joints])
    for body, force in pushes.items():
        data.xfrc_applied[model.body(body).id, axis] = force
    mujoco.mj_step(model, data, nstep=int((SETTLE_S - READ_S) / model.opt.timestep))
    forces = []
    for _ in range(25):
        mujoco.mj_step(model, data, nstep=max(1, int(READ_S / 25 / model.opt.timestep)))
        pressed = -np.array([data.qpos[n] for n in at])
        forces.append(float(np.sum(linear * pressed + cubic * pressed**3)))
    weighing = float(np.sum(model.body_mass * (1 - model.body_gravcomp)))  # springs' feet have inertia, no weight
    weight = weighing * GRAVITY - sum(pushes.values())
    carried = _ground_force(model, data) + forces[-1]
    return Settled(
        force_n=float(np.mean(forces)),
        ripple_n=float(np.std(forces)),
        speed=float(np.abs(data.qvel).max()),
        total=carried / weight,
    )


def _ground_force(model: mujoco.MjModel, data: mujoco.MjData) -> float:
    total, wrench = 0.0, np.zeros(6)
    ground = model.geom("ground").id
    for n in range(data.ncon):
        if ground in (data.contact[n].geom1, data.contact[n].geom2):
            mujoco.mj_contactForce(model, data, n, wrench)
            total += float(wrench[0])
    return total
