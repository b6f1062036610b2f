#pragma once

#include "ui/inspector/content.h"

/// Sections that several pages have. All return a section without blocks where there is nothing to say;
/// addSection() drops those.
namespace portolan::ui {

inline constexpr std::size_t mostRows = 60; ///< of one section; the tables show all

void addSection(InspectorContent &content, Section section);
void addFact(Section &section, const QString &name, const QString &value, bool mono = false);

Section findingsAbout(const TopologyFrame &frame, const ObjectRef &object);
Section eventsAbout(const TopologyFrame &frame, const ObjectRef &object);
Section labelsOf(const ObjectMeta &meta);
/// The lines of the map that begin or end at the card of `object`.
Section connectionsOf(const TopologyFrame &frame, const ObjectRef &object);
Section podRows(const QString &title, const std::vector<const Pod *> &pods);
/// The object as the server sent it, as YAML; folded, unless the lines at `path` are in it and marked.
Section rawObject(const std::shared_ptr<const std::string> &json, const std::string &path = {});

/// What was run for a step of a probe, and what it printed.
void addEvidence(StepRow &row, const ProbeStep &step);

/// "web → checkout · 8080/TCP", toned by what the policies say.
LinkRow edgeRow(const TopologyGraph &graph, const GraphEdge &edge);

} // namespace portolan::ui
