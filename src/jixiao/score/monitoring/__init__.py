"""绩效运行监控 (财预〔2019〕136号): goals and money at the end of a month, lamps with reasons."""

from jixiao.score.monitoring.engine import monitor, monitor_text
from jixiao.score.monitoring.funds import planned_share
from jixiao.score.monitoring.settings import MonitoringSettings, monitoring_settings
from jixiao.score.monitoring.summary import summarise

__all__ = [
    "MonitoringSettings",
    "monitor",
    "monitor_text",
    "monitoring_settings",
    "planned_share",
    "summarise",
]
