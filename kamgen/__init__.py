"""Key account management as code: Markdown plans in git, judged by the rules of their tier, published as a site that leadership reads.

The modules, each of which imports only from those above it:

    zone         time zones: how the clocks of one stand, and every change of them in some years
    day          days: how people write them, which of them are working days
    spoken       days as people say them: today, friday, week 23
    placeholder  what people write where an answer is still to come
    once         what is made once, when somebody asks for it
    written      how values are written: dates, amounts, shares
    frozen       what a frozen value is; every record of kamgen is one
    stamp        digests of what pages are made by: files, packages, templates
    aside        a site that takes the place of the old one when it is whole
    cache        what was made before, by what it was made from: files in `.kamgen/cache/`
    private      what is the user's alone, outside of every repository
    theme        what the theme and the configuration put on every page
    diagnostic   what a problem is: place, message, finding, severity
    message      message ids put into words; locale/ holds the catalogues
    markdown     what Markdown says: its HTML and its links (markdown-it)
    telephone    telephone numbers and e-mail addresses in running text (phonenumbers)
    alphabet     which characters a plan may hold, ids out of names in any script (anyascii)
    node         what a file is read into: scalars, lists, mappings, with places
    natural      what an item of a list is known by where it has no id
    amount       amounts as people write them: with a currency beside them, in millions
    unquoted     a value that YAML takes for more than text, and the edit that mends it
    lookalike    signs that only look as if they did what YAML wants
    syntax       what the YAML parser says of a mistake, said to a person
    doubt        what YAML reads in another way than its writer meant
    decode       bytes -> text, and where the facts of a plan end in it
    document     text <-> front matter and body; the only strict YAML reader
    model/       what a plan and a portfolio are, a file per part; the JSON Schema
    parse/       document -> records, a file per step
    edit/        a change of a plan's text that keeps every other byte
    style        the canonical writing of a plan: order and indentation, with every comment
    identity     what makes an activity itself: the same after a move, and in every calendar
    merge/       two versions of a plan into one, by what they say
    visibility   who may see a field, by its name
    folder       which files below plans/ are plans, and what is wrong with their names
    questions    the analysis questions as headings of a plan's body
    ruleset      what a rule set is: tiers, requirements, severities, options
    rulebook/    the rules in force: the company's text over a shipped set
    settings     the portfolio file, and what plans may refer to in it
    traits       the self-assessment of the twelve traits in the handbook
    cadence      plan x requirements x as-of -> cells
    proposal     what to plan next: a type that is lacking, with people who will be there
    suggested    activities that a help suggests to plan, ready to paste
    shortfall    what a cell lacks, and what would make it up
    intent/      what a command of the day is to change in a plan, a file per sort
    account      what one file of the portfolio comes to
    figures/     the figures of an account and of a portfolio, one function each
    rule         what a rule is: @rule, the registry
    rules/       the rules, a file per family
    ground       what every rule stands on: the portfolio, the rules in force, the date
    pasting      what a help says to add, as the list of a file takes it
    diagnose     finding -> diagnostic: how grave, whether waived, what it says
    gravest      one fact gives one finding: which of two rules speaks
    check        plans x rules -> sorted diagnostics
    force        what is in force: every rule in every tier, and who says so
    terms        the terms of a rule set in words and numbers
    example      the examples of a rule: its test folder, shipped with kamgen
    known        what is known of plans from builds before
    workspace    read() and judge(): every stage above, in order; read this first
    ahead        the days ahead: what turns red if nothing happens
    drift        one text on two days: what came, what went, what turns red
    baseline     what was wrong when a company began, and does not fail
    clock        as of which day: the only place that reads the clock
    frames       records -> data frames with declared columns (pandas)
    grid         the scripts of tables, out of itables
    privacy      who may see what
    prose        Markdown of a plan to safe HTML (nh3)
    policy       the content security policy: what may run on a page
    chart        what a chart is; the picture is made by Vega-Lite (vl-convert)
    charts/      the sorts of charts, a file per sort
    compiled     what templates were compiled to (Jinja)
    each         what is known of single accounts, for as long as they are the same
    rows         what overviews show of single accounts, kept by plan
    near         the site as a page sees it that rests on few plans
    address      where pages are: addresses out of names
    site         what pages are made from, as one audience may see it, and where every page is
    page         what a generated page is: @page, the templates (Jinja)
    extract      some plans of a site, as if there were no others
    format       what an export is, and what its format is called
    formats/     ics, xlsx, a file per format
    pages/       the pages, a file per sort
    report       what a report is
    reports/     text and concise, json and jsonl, github, gitlab, sarif, junit, markdown
    remember     finished pages of builds before, by all that they are made of
    plugin/      MkDocs <- workspace, pages: a file per part of a build
    store        writes of plan files that lose nothing: locked, whole or not at all (filelock)
    publish      runs MkDocs for kamgen's own commands
    commands/    check, upcoming, build, serve, explain, rules, schema
    cli          argv -> commands
"""
