/** A certificate for localhost that vouches for itself, and its key: for the relays of the tests, and for nothing else. */
export const localhost = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqsVQWNmM746Ruz2B
7p/nT2i2ROEUrniJr3Vhx82giW+hRANCAASNlJpy7rqOCAtQgEeT+hVeGDdovMyf
hfXUComDSFwlCgl3YQTwHZ/UQM3A4IvXXj/kInXouhY2epkzYcdN3QZW
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBoTCCAUegAwIBAgIUGTbQLHnjn5ehstua2Khj5cGFC04wCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMS29udG9yIHRlc3RzMCAXDTI2MTEyMzAwMzkwNVoYDzIxMjYx
MDMwMDAzOTA1WjAXMRUwEwYDVQQDDAxLb250b3IgdGVzdHMwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASNlJpy7rqOCAtQgEeT+hVeGDdovMyfhfXUComDSFwlCgl3
YQTwHZ/UQM3A4IvXXj/kInXouhY2epkzYcdN3QZWo28wbTAdBgNVHQ4EFgQULm1K
74daLylv2K44tcnuld5NHSEwHwYDVR0jBBgwFoAULm1K74daLylv2K44tcnuld5N
HSEwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEw
CgYIKoZIzj0EAwIDSAAwRQIgIeURil/jCXJH3aQXL4h8dD7aYVdYGowmxuWTBVIc
n6cCIQDd5C0AipX6x/boEduzeLUeZzyes6eX6U3ObgzYItyK9Q==
-----END CERTIFICATE-----`,
}
