namespace Unroll.Data;

/// <summary>Text of a reader that belongs to somebody else and stays open.</summary>
internal sealed class BorrowedText(TextReader owner) : TextReader
{
    public override int Peek() => owner.Peek();

    public override int Read() => owner.Read();

    public override int Read(char[] buffer, int index, int count) => owner.Read(buffer, index, count);

    public override int Read(Span<char> buffer) => owner.Read(buffer);
}
