using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Tests.Common;

/// <summary>Encrypted content: only with the same secret, for the same purpose, and unchanged.</summary>
public sealed class DocumentSealTests
{
    [Fact]
    public void Open_SameSecretAndPurpose_TheText()
    {
        var text = "some text"u8.ToArray();
        var content = new DocumentSeal("secret", "test").Encrypt(text);

        Assert.Equal(text, new DocumentSeal("secret", "test").TryDecrypt(content));
        Assert.NotEqual(content, new DocumentSeal("secret", "test").Encrypt(text));
        Assert.Null(new DocumentSeal("other", "test").TryDecrypt(content));
        Assert.Null(new DocumentSeal("secret", "other").TryDecrypt(content));
    }

    [Fact]
    public void Open_ChangedAnywhereOrCutOff_Nothing()
    {
        var seal = new DocumentSeal("secret", "test");
        var content = seal.Encrypt("some text"u8);
        for (var i = 0; i < content.Length; i++)
        {
            var changed = content.ToArray();
            changed[i] ^= 1;
            Assert.Null(seal.TryDecrypt(changed));
            Assert.Null(seal.TryDecrypt(content[..i]));
        }
    }

    [Fact]
    public void Open_OtherAssociatedData_Nothing()
    {
        var seal = new DocumentSeal("secret", "test");
        var content = seal.Encrypt("some text"u8, "version 1"u8);

        Assert.Equal("some text"u8.ToArray(), seal.TryDecrypt(content, "version 1"u8));
        Assert.Null(seal.TryDecrypt(content, "version 2"u8));
        Assert.Null(seal.TryDecrypt(content));
    }
}
