namespace Unroll.Generator.Model;

/// <summary>The penalty L1·Σ|w| + L2·Σw² that a parameter adds to the loss.</summary>
internal sealed record Penalty(float L1, float L2)
{
    public static readonly Penalty None = new(0f, 0f);

    public string Text => $"L1 {NumberText.Of(L1)} L2 {NumberText.Of(L2)}";
}
