#pragma once
// Types alone: the library is loaded by the command that needs it.
#include <yaml.h>
