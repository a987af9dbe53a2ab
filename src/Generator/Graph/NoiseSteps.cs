using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>A step that draws random numbers from (seed, step, salt, position).</summary>
internal abstract record NoiseStep(int Salt) : ElementwiseStep
{
    public override string Text => $"{base.Text} salt {NumberText.Of(Salt)}";

    public override bool IsCheap => false;

    public override bool IsNoise => true;
}

/// <summary>x/(1 − rate) where the mask keeps it, else 0.</summary>
internal sealed record DropoutStep(float Rate, int Salt) : NoiseStep(Salt)
{
    public override string Text => $"{base.Text} rate {NumberText.Of(Rate)}{(OfChannels ? " of channels" : "")}";

    /// <summary>Whether a channel of a sample is kept or dropped as a whole.</summary>
    public bool OfChannels { get; init; }

    // The way back draws the same numbers.
    public override void Differentiate(GradientTape tape, Op op, Op dy) => tape.Contribute(op, 0, this, "Gradient", dy);
}

/// <summary>x + deviation·N(0, 1).</summary>
internal sealed record AddGaussian(float Deviation, int Salt) : NoiseStep(Salt)
{
    public override string Text => $"{base.Text} deviation {NumberText.Of(Deviation)}";

    // dx = dy
    public override void Differentiate(GradientTape tape, Op op, Op dy) => tape.Contribute(tape[op, 0], dy);
}

/// <summary>x·(1 + deviation·N(0, 1)).</summary>
internal sealed record MultiplyGaussian(float Deviation, int Salt) : NoiseStep(Salt)
{
    public override string Text => $"{base.Text} deviation {NumberText.Of(Deviation)}";

    // The way back draws the same numbers.
    public override void Differentiate(GradientTape tape, Op op, Op dy) => tape.Contribute(op, 0, this, "Gradient", dy);
}

/// <summary>kept ? scale·x + offset : dropped, the terms of alpha dropout.</summary>
internal sealed record AlphaDropoutStep(float Rate, float Scale, float Offset, float Dropped, int Salt) : NoiseStep(Salt)
{
    public override string Text => $"{base.Text} rate {NumberText.Of(Rate)} scale {NumberText.Of(Scale)} offset {NumberText.Of(Offset)} dropped {NumberText.Of(Dropped)}";

    // kept ? scale·dy : 0, by the same numbers
    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, this with { Offset = 0f, Dropped = 0f }, "Gradient", dy);
}
