namespace Unroll;

/// <summary>What a <see cref="Finding"/> is about.</summary>
public enum FindingKind
{
    /// <summary>The learning rate is too large: the loss jumps, rises or leaves the finite numbers.</summary>
    LearningRateTooLarge,

    /// <summary>The learning rate is too small: all updates together hardly move the weights.</summary>
    LearningRateTooSmall,

    /// <summary>The loss is no better than that of the best constant answer.</summary>
    NotLearning,

    /// <summary>Gradients shrink from layer to layer on the way back, so that the first layers learn nothing.</summary>
    VanishingGradients,

    /// <summary>Gradients, or the values of the layers, grow from layer to layer.</summary>
    ExplodingGradients,

    /// <summary>Many units of a layer are 0 for every sample, and have no slope to learn by.</summary>
    DeadUnits,

    /// <summary>Most values of a bounded activation lie where it is flat.</summary>
    SaturatedUnits,

    /// <summary>The loss of validation rises while that of training falls.</summary>
    Overfitting,

    /// <summary>The loss of training has come to rest high.</summary>
    Underfitting,

    /// <summary>Inputs are large, or of very different sizes, and nothing scales them.</summary>
    UnscaledInputs,

    /// <summary>Features have the same value in every sample.</summary>
    ConstantFeatures,

    /// <summary>One feature alone tells the target.</summary>
    LeakingFeature,

    /// <summary>The targets are not what the network's output can say.</summary>
    LabelsDoNotFit,

    /// <summary>A rare class is not recognized, and the accuracy does not show it.</summary>
    HiddenImbalance,

    /// <summary>A parameter was NaN or infinite before a step, so that nothing could be learnt.</summary>
    ParameterNotFinite,
}
