"""The accounts of the sample, with the passwords it publishes; they open nothing anywhere else."""

from dataclasses import dataclass

from app.core.actor import Role


@dataclass(frozen=True)
class SampleAccount:
    """One invented person of the sample. `grants` are (unit's short name, role)."""

    username: str
    name: str
    title: str
    who: str
    grants: tuple[tuple[str, Role], ...]

    @property
    def password(self) -> str:
        return f"mau-bdg-{self.username}"


_ACCOUNTS = (
    SampleAccount(
        "lan", "Nguyễn Thị Lan", "Trưởng phòng", "Thủ trưởng Phòng Giáo dục và Đào tạo", (("Phòng GD&ĐT", Role.HEAD),)
    ),
    SampleAccount(
        "duc", "Lê Minh Đức", "Phó Trưởng phòng", "Cấp phó phụ trách Phòng Giáo dục và Đào tạo",
        (("Phòng GD&ĐT", Role.DEPUTY),),
    ),
    SampleAccount(
        "mai", "Trần Thị Mai", "Chuyên viên", "Chuyên viên Phòng Giáo dục và Đào tạo", (("Phòng GD&ĐT", Role.STAFF),)
    ),
    SampleAccount(
        "binh", "Phạm Văn Bình", "Trưởng phòng", "Thủ trưởng Phòng Văn hóa và Thông tin", (("Phòng VH&TT", Role.HEAD),)
    ),
    SampleAccount(
        "chi", "H’Chi Niê", "Trưởng phòng", "Thủ trưởng và cán bộ điều phối của cơ quan thường trực",
        (("Phòng LĐTBXH", Role.HEAD), ("Phòng LĐTBXH", Role.COORDINATOR)),
    ),
    SampleAccount(
        "ha", "Đỗ Thu Hà", "Chuyên viên", "Cán bộ điều phối của cơ quan thường trực",
        (("Phòng LĐTBXH", Role.COORDINATOR), ("Phòng LĐTBXH", Role.STAFF)),
    ),
    SampleAccount(
        "son", "Võ Thanh Sơn", "Phó Chủ tịch", "Lãnh đạo UBND thành phố", (("UBND thành phố", Role.LEADER),)
    ),
    SampleAccount(
        "yen", "H’Yên Êban", "Chủ tịch UBND phường", "Thủ trưởng UBND phường Ea Tam", (("P. Ea Tam", Role.HEAD),)
    ),
    SampleAccount(
        "nam", "Y Nam Ayun", "Công chức Văn hóa – Xã hội", "Chuyên viên UBND phường Ea Tam",
        (("P. Ea Tam", Role.STAFF),),
    ),
    SampleAccount(
        "hoa", "Bùi Thị Hoa", "Phó Chủ tịch", "Thủ trưởng Ủy ban MTTQ Việt Nam Thành phố", (("MTTQ", Role.HEAD),)
    ),
    SampleAccount("quantri", "Ngô Quang Trí", "Quản trị", "Quản trị hệ thống", (("Văn phòng", Role.ADMIN),)),
)  # fmt: skip


def listed() -> tuple[SampleAccount, ...]:
    """The accounts that the sample's sign-in page names."""
    return _ACCOUNTS
