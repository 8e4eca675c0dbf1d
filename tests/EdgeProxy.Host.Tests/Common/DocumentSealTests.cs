using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Tests.Common;

/// <summary>Encrypted content: only with the same secret, for the same purpose, and unchanged.</summary>
public sealed class DocumentSealTests
{
    [Fact]
    public void Open_SameSecretAndPurpose_TheText()
    {
        var text = "some text"u8.ToArray();
        var content = new DocumentSeal("secret", "test").Close(text);

        Assert.Equal(text, new DocumentSeal("secret", "test").Open(content));
        Assert.NotEqual(content, new DocumentSeal("secret", "test").Close(text));
        Assert.Null(new DocumentSeal("other", "test").Open(content));
        Assert.Null(new DocumentSeal("secret", "other").Open(content));
    }

    [Fact]
    public void Open_ChangedAnywhereOrCutOff_Nothing()
    {
        var seal = new DocumentSeal("secret", "test");
        var content = seal.Close("some text"u8);
        for (var i = 0; i < content.Length; i++)
        {
            var changed = content.ToArray();
            changed[i] ^= 1;
            Assert.Null(seal.Open(changed));
            Assert.Null(seal.Open(content[..i]));
        }
    }

    [Fact]
    public void Open_OtherAssociatedData_Nothing()
    {
        var seal = new DocumentSeal("secret", "test");
        var content = seal.Close("some text"u8, "version 1"u8);

        Assert.Equal("some text"u8.ToArray(), seal.Open(content, "version 1"u8));
        Assert.Null(seal.Open(content, "version 2"u8));
        Assert.Null(seal.Open(content));
    }
}
