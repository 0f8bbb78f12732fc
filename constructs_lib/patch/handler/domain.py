"""One domain, as the SageMaker API shows and changes it."""

from __future__ import annotations

import logging
from typing import Any

from botocore.exceptions import ClientError

from .clock import Clock
from .patience import PATIENCE
from .refusal import DomainGoneError, RefusalError
from .settings import Settings, common, differences, is_same, merged, taken_back

_LOG = logging.getLogger(__name__)
_LOG.setLevel(logging.INFO)

_UNDER_WAY = ("Pending", "Updating")
_OVER = ("Deleting", "Failed")
_BUSY = ("ConflictException", "ResourceInUse")
_GONE = "ResourceNotFound"
_ATTEMPTS = 5
_LOOKS = 6

_NAMES = {
    "DefaultSpaceSettings": "DefaultSpaceSettings",
    "DefaultUserSettings": "DefaultUserSettings",
    "DomainSettings": "DomainSettingsForUpdate",
}
"""What UpdateDomain calls the settings of DescribeDomain."""

_R_STUDIO = "RStudioServerProDomainSettings"
_GROUPS = "AppSecurityGroupManagement"
"""What UpdateDomain wants to know again with the settings of RStudio."""


class Domain:
    """A domain, by its id.

    Attributes:
        was_changed: whether SageMaker has begun to change it.
    """

    def __init__(self, sagemaker: Any, domain_id: str, clock: Clock) -> None:
        """Ask SageMaker of the domain with this id, for as long as the function runs."""
        self.was_changed = False
        self._sagemaker = sagemaker
        self._id = domain_id
        self._clock = clock

    def apply(self, settings: Settings, before: Settings) -> None:
        """Set these members, and take back those that were set before and are not among them.

        Whether UpdateDomain keeps the members that a request leaves out is not documented: all that is described goes
        back to it.

        Raises:
            DomainGoneError: the domain is not there, or goes.
            RefusalError: the domain is busy for too long, or its update failed, or it does not show what was set.
        """
        neutral = self._begin(settings, before)
        if neutral is not None:
            self._check(settings, neutral)

    def _begin(self, settings: Settings, before: Settings) -> Settings | None:
        """Begin the update, and return what was set before as it goes back; begin again if another one was first.

        If there is nothing to update, nothing is returned.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            described = self._settled()
            back = taken_back(described, before)
            request = _request(described, merged(back, settings))
            if not request:
                return None
            try:
                self._sagemaker.update_domain(DomainId=self._id, **request)
            except ClientError as error:
                if error.response["Error"]["Code"] not in _BUSY or attempt == _ATTEMPTS:
                    raise
                _LOG.info("%s; again", error)
                self._clock.pause()
            else:
                self.was_changed = True
                return common(back, before)
        raise AssertionError("the last attempt returns or raises")

    def _settled(self) -> Settings:
        """Wait until nothing is under way, and return what is described."""
        while (described := self._describe())["Status"] in _UNDER_WAY:
            if self._clock.elapsed() > PATIENCE:
                raise RefusalError(
                    f"the domain {self._id} must be InService within {PATIENCE // 60} minutes, "
                    f"got {described['Status']}; deploy again when it is"
                )
            self._clock.pause()
        if described["Status"] in _OVER:
            raise DomainGoneError(f"the domain {self._id} must be InService, got {described['Status']}")
        return described

    def _describe(self) -> Settings:
        try:
            described: Settings = self._sagemaker.describe_domain(DomainId=self._id)
        except ClientError as error:
            if error.response["Error"]["Code"] == _GONE:
                raise DomainGoneError(f"the domain {self._id} must be InService, got none") from error
            raise
        return described

    def _check(self, settings: Settings, neutral: Settings) -> None:
        """Wait until the domain shows what was set, which may be a moment later than its status is what it was.

        What went back to a neutral value may also be shown no more.
        """
        for look in range(1, _LOOKS + 1):
            described = self._settled()
            if described["Status"] != "InService":
                raise RefusalError(
                    f"the domain {self._id} must be InService after the update, got {described['Status']}: "
                    f"{described.get('FailureReason', 'SageMaker gives no reason')}"
                )
            wrong = list(differences(merged(common(neutral, described), settings), described))
            if not wrong:
                return
            if look < _LOOKS:
                self._clock.pause()
        raise RefusalError(
            f"the domain {self._id} must show what was set, got an update that SageMaker took without a word, and "
            f"after which {'; '.join(wrong)}"
        )


def _request(described: Settings, wanted: Settings) -> dict[str, Any]:
    """Return the parameters of UpdateDomain for the settings that change, each of them whole."""
    changed = {_NAMES[name]: wanted[name] for name in _NAMES if not is_same(wanted.get(name), described.get(name))}
    of_domain = changed.get("DomainSettingsForUpdate", {})
    if _R_STUDIO in of_domain:
        others = {name: value for name, value in of_domain.items() if name != _R_STUDIO}
        changed["DomainSettingsForUpdate"] = {**others, f"{_R_STUDIO}ForUpdate": of_domain[_R_STUDIO]}
        changed |= {name: described[name] for name in (_GROUPS,) if name in described}
    return changed
