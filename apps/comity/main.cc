#include "app.h"

int main(int argc, char** argv) { return comity::cli::run(argc, argv); }
