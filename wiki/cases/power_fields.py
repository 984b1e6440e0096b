"""The fields of a case that say who held what: partners, money, power, rules, tools; pure data."""

from wiki.cases.schema import N_, Field

PARTNERS = Field(
    name="partners",
    kind="rows",
    label=N_("Partners"),
    ask=N_("Who was in it, and who was touched by it?"),
    hint=N_("At least two. Count those who were affected and never asked."),
    need="publish",
    missed=N_("who the partners are (at least two)"),
    inside=(
        Field(name="id", kind="key", label=N_("Short name")),
        Field(
            name="name",
            kind="line",
            label=N_("Name"),
            hint=N_("Everybody can read it. Describe the partner instead if that is not safe."),
            most=160,
        ),
        Field(
            name="name_visibility",
            kind="code",
            label=N_("Is the name shown?"),
            words="name_visibility",
        ),
        Field(name="org_type", kind="code", label=N_("Kind of organisation"), words="org_type"),
        Field(
            name="ids",
            kind="lines",
            label=N_("Identifiers"),
            hint=N_("ROR, IATI or a web address, if the organisation has one."),
        ),
        Field(name="country", kind="country", label=N_("Based in")),
        Field(name="works_in", kind="places", label=N_("Works in")),
        Field(name="describes_itself_as", kind="line", label=N_("Describes itself as")),
        Field(name="roles", kind="codes", label=N_("What it did"), words="partner_role"),
        Field(
            name="money_position",
            kind="code",
            label=N_("Where it stood with the money"),
            words="money_position",
        ),
        Field(name="share_band", kind="code", label=N_("Share of the money"), words="share_band"),
        Field(
            name="decisions",
            kind="matrix",
            label=N_("Decisions"),
            missed=N_("who decided what"),
        ),
        Field(
            name="can_leave_without_loss",
            kind="code",
            label=N_("Could it leave without loss?"),
            words="answer",
            missed=N_("who could have left without loss"),
        ),
        Field(name="joined", kind="date", label=N_("Joined")),
        Field(name="left", kind="date", label=N_("Left")),
        Field(name="left_why", kind="codes", label=N_("Why it left"), words="end_reason"),
    ),
)
MONEY = Field(
    name="money",
    kind="rows",
    label=N_("Money and work"),
    ask=N_("Follow the money: who could stop it?"),
    hint=N_("One row for each flow. Unpaid work counts: choose it as the instrument."),
    missed=N_("who paid, and who could stop the money"),
    inside=(
        Field(name="from", kind="partner", label=N_("From")),
        Field(name="to", kind="partner", label=N_("To")),
        Field(name="instrument", kind="code", label=N_("As"), words="instrument"),
        Field(
            name="aid_type",
            kind="line",
            label=N_("Type of aid"),
            hint=N_("A01 to H06 in the lists of OECD and IATI, if you know it."),
            most=10,
        ),
        Field(name="earmarking", kind="code", label=N_("Earmarking"), words="earmarking"),
        Field(name="tied_status", kind="code", label=N_("Tied"), words="tied_status"),
        Field(name="amount_band", kind="code", label=N_("How much"), words="amount_band"),
        Field(
            name="currency",
            kind="line",
            label=N_("Currency"),
            hint=N_("Three letters, such as KES."),
            most=3,
        ),
        Field(
            name="overhead_paid", kind="code", label=N_("Were running costs paid?"), words="answer"
        ),
        Field(name="conditions_set_by", kind="partners", label=N_("Conditions set by")),
        Field(name="reports_to", kind="partners", label=N_("Reports to")),
        Field(name="who_can_stop", kind="partners", label=N_("Who could stop it")),
        Field(name="notice", kind="line", label=N_("Notice")),
        Field(
            name="changed_midway", kind="code", label=N_("Did it change midway?"), words="answer"
        ),
        Field(
            name="announced_first_by", kind="line", label=N_("How the change was first made known")
        ),
        Field(name="source", kind="line", label=N_("Source")),
    ),
)
POWER = (
    Field(
        name="power",
        kind="rows",
        label=N_("Readings of power"),
        ask=N_("Who could say no?"),
        hint=N_("Several readings may stand side by side, each by another partner."),
        inside=(
            Field(name="spaces", kind="codes", label=N_("Spaces"), words="power_space"),
            Field(name="forms", kind="codes", label=N_("Forms"), words="power_form"),
            Field(name="levels", kind="codes", label=N_("Levels"), words="power_level"),
            Field(name="history", kind="text", label=N_("What came before this partnership")),
            Field(name="what_shifted", kind="text", label=N_("What shifted")),
            Field(name="reading_by", kind="partner", label=N_("Whose reading this is")),
        ),
    ),
    Field(
        name="rules",
        kind="rows",
        label=N_("Rules and norms"),
        ask=N_("Under whose law, language and ethics did you work?"),
        inside=(
            Field(
                name="instrument",
                kind="code",
                label=N_("Kind of rule"),
                words="governing_instrument",
            ),
            Field(name="name", kind="line", label=N_("Name")),
            Field(name="whose", kind="partners", label=N_("Whose")),
            Field(name="approval_by", kind="partners", label=N_("Who approved it")),
            Field(name="language", kind="line", label=N_("Language")),
        ),
    ),
    Field(
        name="technology",
        kind="rows",
        label=N_("Technology"),
        ask=N_("Who chose the tool, and who could not use it?"),
        inside=(
            Field(name="tool", kind="line", label=N_("Tool")),
            Field(name="chosen_by", kind="partners", label=N_("Chosen by")),
            Field(name="owned_by", kind="partners", label=N_("Owned by")),
            Field(name="shut_out", kind="line", label=N_("Who was shut out")),
        ),
    ),
    Field(
        name="capacities",
        kind="rows",
        label=N_("Skills"),
        ask=N_("What did someone need to know that nobody had budgeted for?"),
        inside=(
            Field(name="skill", kind="line", label=N_("Skill")),
            Field(name="had_by", kind="partners", label=N_("Who had it")),
            Field(name="lacked_by", kind="partners", label=N_("Who lacked it")),
            Field(name="how_gained", kind="line", label=N_("How it was gained")),
        ),
    ),
    Field(
        name="value",
        kind="group",
        label=N_("What counted as success"),
        ask=N_("Who decided what counted as success?"),
        inside=(
            Field(
                name="method", kind="codes", label=N_("How it was judged"), words="value_method"
            ),
            Field(
                name="defined_by",
                kind="partners",
                label=N_("Who chose the measure"),
                missed=N_("who chose the measure of success"),
            ),
        ),
    ),
)
