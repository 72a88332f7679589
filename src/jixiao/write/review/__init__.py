"""项目支出绩效目标审核表, proposed: for the terminal, as Markdown, HTML and XLSX."""
