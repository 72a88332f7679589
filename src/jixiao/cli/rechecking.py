"""``jixiao recheck``: self-evaluations of many units read, and a sample of them drawn."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import msgspec

from jixiao.batch.outcome import name_of
from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line
from jixiao.model.errors import JixiaoError
from jixiao.model.recheck import Candidate, Draw, SheetRow
from jixiao.model.reports import ProjectReport, Reports
from jixiao.model.scores import ProjectEvaluation
from jixiao.read.reports import read_reports
from jixiao.score.evaluation import evaluate, project_of
from jixiao.score.monitoring.pairing import pair_projects
from jixiao.score.profile import Scoring
from jixiao.score.recheck import RecheckSettings, candidate, distinct, draw, recheck_settings, sheet
from jixiao.score.recheck_statistics import filled as filled_rows
from jixiao.score.recheck_statistics import joined, statistics
from jixiao.write.reports.contract import RecheckResult, load_evaluation


class Drawing(NamedTuple):
    """What was drawn, the year, and what a person should know."""

    result: RecheckResult
    year: int | None
    notes: tuple[str, ...]


class _Pool(NamedTuple):
    candidates: list[tuple[Candidate, ProjectEvaluation]]
    years: list[int]
    notes: list[str]


def drawn(
    names: Sequence[str],
    out: Path | None,
    scoring: Scoring,
    seed: str | None,
    share: Decimal | None,
    filled: str | None = None,
) -> Drawing:
    """Draw from all projects of some files, and compare with new scores where they are filled in.

    Raises CommandError, which names the file.
    """
    settings = recheck_settings(scoring)
    if share is not None:
        settings = msgspec.structs.replace(settings, share=share)
    pool = _Pool([], [], [])
    for path in _paths(names, out, pool.notes):
        try:
            _take(path, pool, scoring)
        except JixiaoError as error:
            raise CommandError(f"{one_line(name_of(path))}：{error.what}", error.how) from error
    if not pool.candidates:
        raise CommandError("没有可抽的项目", "请检查自评结果里有没有项目")
    candidates = [one for one, _ in pool.candidates]
    # the draw numbers keys that are the same, and always in the same way
    keys = (one.key for one in distinct(candidates))
    scores = dict(zip(keys, (score for _, score in pool.candidates), strict=True))
    made = draw(candidates, settings, seed)
    rows = [row for each in made.drawn for row in sheet(each.project, scores[each.project.key])]
    year = pool.years[0] if pool.years else None
    result = RecheckResult(made, tuple(rows))
    if filled is not None:
        found = joined(rows, _filled(filled, out))
        pool.notes.extend(found.notes)
        result = _compared(made, found.rows, settings, scoring)
    return Drawing(result, year, tuple(pool.notes))


def _compared(
    made: Draw, rows: Sequence[SheetRow], settings: RecheckSettings, scoring: Scoring
) -> RecheckResult:
    done = filled_rows(rows)
    return RecheckResult(made, done, statistics(made, done, settings, scoring))


def _filled(name: str, out: Path | None) -> tuple[SheetRow, ...]:
    from jixiao.cli.evaluating_inputs import of_file, one_file
    from jixiao.model.errors import ReadError
    from jixiao.read.rechecks import read_recheck_rows

    path = one_file(name, out)
    try:
        return read_recheck_rows(path)
    except ReadError as error:
        raise of_file(path, error) from error


def _paths(names: Sequence[str], out: Path | None, notes: list[str]) -> list[Path]:
    """Return the files named, and those of folders; there JSON is read, too."""
    from jixiao.cli.inputs import find

    paths: dict[Path, None] = {}
    for name in names:
        folder = Path(name)
        found = sorted(folder.rglob("*.json")) if name and folder.is_dir() else []
        paths.update(dict.fromkeys(found))
        if found:
            others = sum(each.is_file() for each in folder.rglob("*")) - len(found)
            if others:
                notes.append(
                    f"{one_line(name)}：有 json，只读 json，另有 {others} 个别的文件没有读"
                )
            continue
        inputs = find([name], out)
        for each in inputs.unreadable:
            raise CommandError(f"{one_line(each.file)}：{one_line(each.message).rstrip('。')}")
        paths.update(dict.fromkeys(inputs.paths))
    return list(paths)


def _take(path: Path, pool: _Pool, scoring: Scoring) -> None:
    if path.suffix.lower() == ".json":
        from jixiao.read import MAX_FILE

        if path.stat().st_size > MAX_FILE:
            raise CommandError("文件太大", "请确认它是自评的结果")
        result = load_evaluation(path.read_bytes())
        made = result.evaluation
        _pair(result.reports, made.projects, made.unit.name, pool)
        year = made.year
    else:
        reports = read_reports(path)
        if reports.kind == "monitoring":
            raise CommandError("这是监控的，不是自评", "请用自评表，或 evaluate 写的 json")
        scores = tuple(
            evaluate(project_of(each), each, scoring, reports.year) for each in reports.projects
        )
        for report, score in zip(reports.projects, scores, strict=True):
            _add(report, score, reports.unit.name, pool)
        pool.notes.append(
            f"{one_line(name_of(path))}：没有批复的目标可对，得分按自评表自己写的指标值测算"
        )
        year = reports.year
    if year:
        pool.years.append(year)


def _pair(
    reports: Reports, scores: Sequence[ProjectEvaluation], unit: str | None, pool: _Pool
) -> None:
    from jixiao.model import Project

    named = [Project(code=one.code, name=one.name) for one in scores]
    paired, _ = pair_projects(named, reports.projects)
    for report, score in zip(paired, scores, strict=True):
        _add(report or ProjectReport(code=score.code, name=score.name), score, unit, pool)


def _add(report: ProjectReport, score: ProjectEvaluation, unit: str | None, pool: _Pool) -> None:
    pool.candidates.append((candidate(project_of(report), report, score, unit), score))
