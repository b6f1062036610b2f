#include "app/gui/run.h"

int main(int argc, char **argv)
{
    return portolan::gui::run(argc, argv);
}
