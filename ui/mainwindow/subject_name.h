#pragma once

#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"

#include <string_view>

namespace portolan::ui {

/// What a person means by a few words: "shop/web" (workload, service, pod, policy or ingress; the first
/// that is there), "node-a" (node or namespace), "shop/web -> shop/checkout" (a line of the map, by its
/// ends). Nothing where there is none.
std::optional<Subject> subjectNamed(const TopologyFrame &frame, std::string_view name);

} // namespace portolan::ui
