#pragma once

#include "ui/inspector/content.h"

/// What policies have to do with an object, as sections of its page. GUI thread.
namespace portolan::ui {

/// The policies of every API that select a pod or a workload's pods; that they are being asked, until the
/// answer is there.
Section selectingPolicies(const PageContext &context, const ObjectRef &subject);

/// Adds whom a policy selects, what its rules let through and whom, and what is wrong with it.
void addPolicySections(InspectorContent &content, const PageContext &context, const ObjectRef &policy);

} // namespace portolan::ui
