#pragma once

#include "model/base/error.h"

#include <curl/curl.h>

#include <string>

namespace portolan::kube {

/// A libcurl failure in our codes: Unavailable for what may work later (refused, reset, cut), Timeout,
/// Unauthorized where the server refused our certificate, InvalidInput for what the kubeconfig must
/// change, Protocol for a peer that speaks something else or is not trusted. `text` is libcurl's own
/// account, without secrets.
Error curlError(CURLcode code, const std::string &text, const std::string &where);

/// The connection broke and nothing says that the server refused: a request without effects may be
/// repeated on a new one.
bool isBrokenConnection(CURLcode code);

} // namespace portolan::kube
