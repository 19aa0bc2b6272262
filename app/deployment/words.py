"""What is said to who reaches the server in a way that its operator did not mean."""

FOREIGN_HOST = (
    "Máy chủ này không phục vụ địa chỉ vừa gọi. Hãy dùng đúng địa chỉ do cơ quan công bố.\n"
    "This server does not answer at this address.\n"
)
