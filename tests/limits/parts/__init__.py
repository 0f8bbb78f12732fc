"""How the typed API is given each property that the schemas limit, a file for each part of the library.

``HELD`` says how to set a property, and to what; ``CLOSED`` why there is no wrong value to give; ``MADE`` what we make
ourselves of what is given; ``OPEN`` where we take more than cfn-lint, and why.
"""

from tests.limits.parts import apps, images, lifecycle, settings, storage, studios

PARTS = (studios, apps, storage, images, lifecycle, settings)
