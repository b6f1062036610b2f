#include "model/kube/http_transport.h"

namespace portolan::kube {

std::string_view HttpResponse::header(std::string_view name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace portolan::kube
