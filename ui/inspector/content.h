#pragma once

#include "model/base/yaml_lines.h"
#include "model/session/policy_questions.h"
#include "model/session/topology_frame.h"
#include "ui/inspector/probe_activity.h"
#include "ui/inspector/subject.h"
#include "ui/words/tone.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

/// What the inspector says about a subject, as values: pages are functions that make it, one widget shows
/// it. All texts are plain.
namespace portolan::ui {

/// A large value with its name above it; tiles of one block stand side by side.
struct Tile
{
    QString title;
    QString value;
    Tone tone = Tone::None;
    QString note; ///< shown as a tool tip
    friend bool operator==(const Tile &, const Tile &) = default;
};
struct Tiles
{
    std::vector<Tile> tiles;
    friend bool operator==(const Tiles &, const Tiles &) = default;
};

/// A framed remark: a finding, an explanation.
struct Remark
{
    Tone tone = Tone::Warning;
    QString title;
    QString text;
    friend bool operator==(const Remark &, const Remark &) = default;
};

struct Paragraph
{
    QString text;
    bool mono = false;
    bool muted = false;
    friend bool operator==(const Paragraph &, const Paragraph &) = default;
};

/// A name and its value; with a subject the value leads there. `since` is shown with its age.
struct Fact
{
    QString name;
    QString value;
    bool mono = false;
    Tone tone = Tone::None;
    Subject link;
    WallTime since = {};
    friend bool operator==(const Fact &, const Fact &) = default;
};

/// One line that leads to a subject, with a muted second text at its end.
struct LinkRow
{
    QString text;
    QString more;
    Subject subject;
    Tone tone = Tone::None;
    friend bool operator==(const LinkRow &, const LinkRow &) = default;
};

/// A step of a probe: what was tried and what came of it, with its evidence.
struct StepRow
{
    QString layer;
    QString text;
    QString time;  ///< or the outcome, where it failed
    QString state; ///< what is read out of its sign; "" the outcome
    ProbeOutcome outcome = ProbeOutcome::Unknown;
    bool running = false;
    QString command;
    QString kubectl;
    QString output;
    QString note;
    friend bool operator==(const StepRow &, const StepRow &) = default;
};

/// Text as a program or the server wrote it.
struct RawText
{
    QString text;
    std::optional<LineRange> marked = {}; ///< stand out, and are scrolled to
    friend bool operator==(const RawText &, const RawText &) = default;
};

/// Something that decided: opens the lines where it stands, and leads to the object.
struct RuleRow
{
    QString text;
    QString more;
    Subject subject; ///< with the path of the rule
    RawText yaml;
    bool open = false; ///< at first
    friend bool operator==(const RuleRow &, const RuleRow &) = default;
};

/// The buttons of a probe.
struct ProbeControls
{
    ProbeRequest request;
    ProbeActivity activity;
    bool live = false; ///< false: a recording, which cannot probe
    bool probedBefore = false;
    bool toolMissing = false; ///< offer an ephemeral container
    QString kubectl;          ///< "" where there is nothing to copy yet
    friend bool operator==(const ProbeControls &, const ProbeControls &) = default;
};

/// A button that starts a probe with this pod as its source, or this object as its destination.
struct ProbeStarter
{
    ObjectRef source;
    ObjectRef destination;
    friend bool operator==(const ProbeStarter &, const ProbeStarter &) = default;
};

/// A button that opens the what-if: with an object of a policy's kind, with what would allow a connection, or
/// with the least that a workload needs.
struct PolicyStarter
{
    enum class Kind : std::uint8_t { Edit, Allow, LeastPrivilege };
    Kind kind = Kind::Edit;
    ObjectRef object;     ///< the policy, or the workload
    ProbeRequest request; ///< of Allow
    friend bool operator==(const PolicyStarter &, const PolicyStarter &) = default;
};

using Block = std::variant<Tiles, Remark, Paragraph, Fact, LinkRow, StepRow, RuleRow, RawText, ProbeControls,
                           ProbeStarter, PolicyStarter>;

struct Section
{
    QString title;
    QString more; ///< at the end of the title's line: a count
    std::vector<Block> blocks;
    bool folded = false; ///< closed at first: long raw text
    friend bool operator==(const Section &, const Section &) = default;
};

struct InspectorContent
{
    QString caption; ///< what kind of thing it is
    QString heading;
    QString subtitle;
    std::vector<Section> sections;
    friend bool operator==(const InspectorContent &, const InspectorContent &) = default;
};

/// What pages are made from.
struct PageContext
{
    TopologyFramePtr frame;
    std::optional<ProbeActivity> activity; ///< of the subject's probe
    PolicyReasonPtr reason = {};           ///< of the subject's question; not there before it is found
    PolicyAnswerPtr answer = {};           ///< of the subject's object; not there before it is found
};

/// The page about `subject`; one that says so where it is gone. GUI thread.
InspectorContent pageOf(const Subject &subject, const PageContext &context);

} // namespace portolan::ui
