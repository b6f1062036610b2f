#pragma once

#include "model/base/cancel_token.h"
#include "model/policy/policy_model.h"

#include <QCommandLineParser>

#include <memory>
#include <string>
#include <vector>

namespace portolan::ctl {

/// A cluster whose policies are asked about, and what is wrong with its files.
struct PolicySource
{
    std::shared_ptr<const policy::PolicyModel> model;
    std::vector<std::string> faults; ///< one line each
};

/// --enforcer alone, for what is asked about files.
void declareEnforcer(QCommandLineParser &parser);
/// --cluster and --enforcer, besides those of a live cluster.
void declarePolicyOptions(QCommandLineParser &parser);

/// The manifests or the snapshot at `path`; the live cluster where it is empty.
Result<PolicySource> openPolicies(const QCommandLineParser &parser, const QString &path,
                                  const CancelToken &cancel);

/// On stderr, of policies for whose pairs listing was given up.
void reportTooLarge(const std::vector<ObjectRef> &policies);

/// The first faults on stderr, and how many more there are.
void reportFaults(const std::vector<std::string> &faults);

} // namespace portolan::ctl
